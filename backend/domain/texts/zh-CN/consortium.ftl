# 联合体与分包

event-consortium-proposed = 发起联合体
event-consortium-agreed = 成员同意联合体协议
event-consortium-declined = 成员不同意联合体协议
event-consortium-left = 成员退出联合体
event-consortium-dissolved = 牵头人解散联合体

consortium-state-proposed = 等待成员同意
consortium-state-standing = 已成立
consortium-state-declined = 有成员不同意
consortium-state-left = 有成员退出
consortium-state-dissolved = 已解散

task-answer-consortium = 答复联合体邀请
task-answer-consortium-do = 去答复
task-bid-for-consortium = 联合体已成立：以联合体名义投标
task-bid-for-consortium-do = 去投标

subcontract-fault-not-allowed = 采购文件不允许分包
subcontract-fault-name = 没有填写分包供应商名称，或者名称不合格
subcontract-fault-credit-code = 统一社会信用代码有误
subcontract-fault-size = 没有声明企业规模
subcontract-fault-share = 份额应当大于 0、小于 100%
subcontract-fault-part = 没有写明分包内容
subcontract-fault-bidder = 分包供应商就是投标人或者联合体成员
subcontract-fault-twice = 同一供应商重复填写
subcontract-fault-whole = 分包份额合计达到合同全部，属于转包
