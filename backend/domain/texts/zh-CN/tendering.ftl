# tendering

## 评审与中标
evaluation-stage-qualified = 资格审查已完成,待组建评审委员会
evaluation-stage-panel-appointed = 评审委员会已组建,待成员声明
evaluation-stage-scoring = 独立评分中
evaluation-stage-reported = 评审报告待签署
evaluation-stage-signed = 评审报告已签署
evaluation-stage-failed = 已废标
evaluation-failure-too-few-qualified = 合格投标人不足三家(政府采购法第三十六条)
evaluation-failure-too-few-conforming = 实质性响应的投标人不足三家(政府采购法第三十六条)
award-state-confirmed = 已确认,待公告
award-state-published = 已公告
event-award-confirmed = 已确认中标人
event-award-published = 中标结果公告
event-evaluation-bidders-qualified = 资格审查完成
event-evaluation-panel-appointed = 评审委员会已组建
event-evaluation-member-declared = 评审专家声明无利害关系
event-evaluation-member-recused = 评审专家回避
event-evaluation-report-drawn-up = 评审报告已形成
event-evaluation-report-signed = 评审报告已签署
low-price-of-mean = 低于全部报价平均值的规定比例
low-price-of-second-lowest = 低于次低报价的规定比例
low-price-of-ceiling = 低于最高限价的规定比例

## Tender
tender-state-draft = 草稿
tender-state-submitted = 待审批
tender-state-approved = 已批准
tender-state-published = 招标中
tender-state-opened = 已开标
tender-state-qualified = 资格审查完成
tender-state-in-evaluation = 评审中
tender-state-reported = 评审完成
tender-state-award-confirmed = 中标已确认
tender-state-awarded = 已公告中标
tender-state-contracted = 已签合同
tender-state-failed = 废标
tender-state-cancelled = 已取消
bid-state-sealed = 已投标(密封)
bid-state-replaced = 已被替换
bid-state-withdrawn = 已撤回
bid-state-opened = 已开标
bid-state-unopened = 未能开启
opening-fault-too-few-shares = 能解封份额的持有人不足
opening-fault-envelope-broken = 密封件与承诺值不符
opening-fault-content-unreadable = 内容不是可读取的投标
tender-failed-too-few-bids = 截止时收到投标 { $bids } 份,少于法定的 { $fewest } 份(政府采购法第三十六条)。
loser-reason-not-qualified = 资格审查未通过:{ $reasons }
loser-reason-not-conforming = 未响应实质性要求:{ $reasons }
loser-reason-outranked = 排名第 { $rank },得 { $own } 分;第一名得 { $first } 分。
loser-reason-outranked-by-price = 按最低评标价排名第 { $rank }。
