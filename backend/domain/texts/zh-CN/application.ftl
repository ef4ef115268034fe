# 邀请招标：资格预审申请与抽取

event-application-received = 资格预审申请已提交
event-application-replaced = 资格预审申请已更换
event-application-withdrawn = 资格预审申请已撤回
event-application-judged = 资格预审结果已告知
event-application-drawn = 被抽中并受邀投标
event-application-not-drawn = 资格合格，未被抽中
event-applications-judged = 资格预审已完成
event-draw-committed = 抽取种子已承诺
event-draw-made = 已随机抽取受邀供应商

tender-failed-too-few-qualified = 资格预审合格的供应商 { $qualified } 家，少于法定的 { $fewest } 家（政府采购法第三十四条、第三十六条）。

task-judge-applications = 审查资格预审申请
task-invite-suppliers = 抽取并邀请供应商
task-bid-as-invited = 已受邀，请投标
