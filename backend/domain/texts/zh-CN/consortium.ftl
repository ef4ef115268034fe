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

consortium = 联合体
consortium-lead = 牵头人
consortium-member = 成员
consortium-lead-share = { $name }（牵头人，{ $share }）
consortium-member-share = { $name }（{ $share }）
consortium-members = 联合体成员
consortium-column-name = 成员
consortium-column-role = 身份
consortium-column-share = 份额
consortium-column-work = 承担的工作
consortium-column-agreed = 同意时间
list-separator = 、

consortium-page-title = 联合体投标
consortium-lead-words = 两家以上供应商可以组成联合体，以一个供应商的身份共同投标；各方都应当符合供应商资格条件，中标后共同签订合同，对采购人承担连带责任（政府采购法第二十四条）。开标前，联合体只有成员自己知道，采购人也看不到。
consortium-led-by = { $name } 牵头的联合体
consortium-proposed = 发起时间
consortium-asked = 等待答复
consortium-bid-in = 联合体的投标已经提交：
consortium-agree-lead = 同意即签订联合体协议，按表中的份额和分工承担责任。同意后，在联合体结束前，贵单位不得就本标包单独投标或者参加其他联合体（政府采购法实施条例第二十二条）。
consortium-agree = 同意联合体协议
consortium-decline = 不同意
consortium-bid = 以联合体名义投标
consortium-waits-for-lead = 全体成员已经同意，等待牵头人提交投标。
consortium-bound = 投标已经提交，不能退出或者解散联合体。牵头人在截止时间前撤回投标后可以办理。
consortium-dissolve-lead = 提交投标前，牵头人可以解散联合体；解散后各方可以单独投标。
consortium-dissolve = 解散联合体
consortium-leave-lead = 牵头人提交投标前，成员可以退出；有成员退出，联合体即告结束。
consortium-leave = 退出联合体
consortium-none-why = 采购公告写明不接受联合体，请单独投标。
consortium-closed = 现在不能组成联合体
consortium-closed-why = 联合体协议只能在项目接收投标期间签订。
consortium-propose = 发起联合体
consortium-propose-lead = 由牵头人发起，写明各方的份额和承担的工作；其他成员在自己的工作台上答复，全部同意后联合体成立。发起后，贵单位在联合体结束前不得就本标包单独投标。
consortium-own-part = 本单位（牵头人）
consortium-member-number = 成员 { $number }
consortium-credit-code = 统一社会信用代码
consortium-credit-code-help = 18 位，对方应当已在本平台注册为供应商。
consortium-share = 占合同金额的份额（%）
consortium-share-help = 可以保留两位小数，例如 33.33。
consortium-share-wrong = 请填写 0.01 到 99.99 之间的百分数，最多两位小数。
consortium-work-zh = 承担的工作（中文）
consortium-work-en = 承担的工作（英文）
consortium-shares-rule = 各方份额合计应当正好是 100%。
consortium-propose-do = 发起并同意
done-consortium-proposed = 联合体已发起，等待其他成员答复。
done-consortium-agreed = 已同意联合体协议。
done-consortium-declined = 已答复不同意，联合体结束。
done-consortium-left = 已退出，联合体结束。
done-consortium-dissolved = 联合体已解散。

joint-bidding = 联合体与分包
joint-takes-consortia = 接受联合体投标
joint-members-most = 联合体成员不超过（家）
joint-members-most-help = 包括牵头人。不填时按规则的上限。
joint-subcontracting-help = 允许分包的，写明可以分包的内容；只能是非主体、非关键性工作（财政部令第87号第三十五条）。留空即不允许分包。
joint-subcontracting-zh = 允许分包的内容（中文）
joint-subcontracting-en = 允许分包的内容（英文）
joint-deduction-percent = 联合体和分包的小微企业价格扣除（%）
joint-deduction-help = 联合协议或者分包意向约定小微企业份额达到规定比例的，按此比例扣除报价后评审。不填时按规则的下限。
joint-fact-consortia = 联合体
joint-consortia-none = 不接受联合体
joint-consortia = 接受联合体
joint-consortia-most = 接受联合体，成员不超过 { $most } 家
joint-fact-subcontracting = 分包
joint-subcontracting-none = 不允许分包
joint-subcontracting-of = 允许分包：{ $parts }
joint-fact-deduction = 联合体和分包的价格扣除
joint-deduction-words = 小微企业份额不低于合同总金额 { $least }% 的，报价扣除 { $percent }% 后评审（{ $source }）

bid-for-whom = 投标名义
bid-for-itself = 单独投标
bid-for-itself-why = 现在为本单位单独投标。与其他供应商共同投标的，先组成联合体：
bid-for-consortium = 以联合体名义投标
bid-for-consortium-of = 以联合体名义投标：{ $members }
bid-for-consortium-why = 本单位是牵头人，代表全体成员密封并提交。各成员的资格材料都要提供。
bid-bound = 贵单位已同意参加联合体
bid-bound-why = 本标包由 { $lead } 牵头以联合体名义投标，贵单位不得再单独投标（政府采购法实施条例第二十二条）。要单独投标的，先退出联合体。
bid-bound-lead = 联合体还没有成立
bid-bound-lead-why = 贵单位牵头的联合体还有成员没有同意。全部同意后可以以联合体名义投标；要单独投标的，先解散联合体。
bid-paper-of-member = { $paper }（{ $member }）
bid-lack-subcontract = 分包 { $what } 填写不完整，或者内容有误
bid-subcontract = 分包 { $what }

subcontracts = 分包意向
subcontract-line = { $name }（{ $code }，{ $size }）：{ $part }，占 { $share }
subcontract-size-none = 未声明规模
subcontract-invalid = 无效
subcontracts-declare = 声明分包意向
subcontracts-help = 采购文件允许分包的内容：{ $parts }。不分包的留空；分包合计应当小于 100%。分包意向随投标密封，开标后公开给采购人和评审专家。
subcontract-number = 分包 { $number }
subcontract-name = 分包供应商名称
subcontract-size = 企业规模
subcontract-part = 分包的内容

qualification-joint-note = 联合体各成员的材料：
qualification-joint-rule = 联合体各方均应当具备法定条件，逐家审查（政府采购法第二十四条）；有同类资质的成员承担相同工作的，按照资质等级较低的成员确定资质等级（政府采购法实施条例第二十二条）。
award-consortium = 中标的联合体
award-consortium-why = 联合体各方应当共同与采购人签订合同，就合同约定的事项对采购人承担连带责任（政府采购法第二十四条）。
contract-consortium = 供货的联合体
contract-consortium-why = 各成员分别签字，全部签字后合同成立；各方就合同约定的事项对采购人承担连带责任（政府采购法第二十四条）。
contract-signature = 签字时间

# 关联供应商（政府采购法实施条例第十八条）
event-affiliation-declared = 申报单位负责人和控股、管理关系
bid-invalid-related = 单位负责人为同一人或者存在直接控股、管理关系的不同供应商，不得参加同一合同项下的采购活动（政府采购法实施条例第十八条），投标无效。
related-same-head = { $first }与{ $second }的单位负责人为同一人：{ $head }。
related-holds = { $first }直接控股{ $second }。
related-manages = { $first }与{ $second }存在管理关系：前者管理后者。
