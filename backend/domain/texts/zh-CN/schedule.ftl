# 采购进程与日程

section-calendar = 日程
schedule-title = 采购进程与日程
schedule-go = 查看进程与日程
schedule-lead = 各项日期按公告之日施行的规定计算，以工作日计的期限不含法定节假日，起算当日不计入。
schedule-way = 进程
schedule-here = 当前环节
schedule-done = 已完成
schedule-ahead = 未开始
schedule-next-acts = 下一步
schedule-nobody = 没有待办理的事项。
schedule-act-who = 由{ $who }办理
schedule-act-by = 期限
schedule-act-no-term = 没有规定期限
schedule-rule = 依据：{ $source }
schedule-dates = 日程
schedule-date-what = 事项
schedule-date-due = 期限或日期
schedule-date-rule = 依据
schedule-date-standing = 状态
schedule-between = 、
schedule-standing-done = 已完成
schedule-standing-over = 已届满
schedule-standing-late = 已逾期
schedule-standing-next = 下一项
schedule-standing-ahead = 未到
schedule-standing-unrecorded = 期限已过，本平台不记录办理情况
schedule-set = 公告载明
schedule-term = { $unit ->
    [working] { $days } 个工作日，{ $source }
   *[calendar] { $days } 日，{ $source }
  }
schedule-unknown-year = 不能确定：{ $year } 年放假安排尚未公布
schedule-after = 待“{ $what }”后计算
schedule-unpublished = 公告结果时公开
schedule-done-at = 完成于 { $at }
schedule-none = 公告发布后，才能按当日施行的规定计算日程。
schedule-none-next = 草稿的期限在编辑页面核对。
schedule-subscribe = 用日历软件订阅（iCal）
schedule-ended = 项目已终止，此后的日期不再计算。
schedule-suspended = 项目已暂停，日程停止计算；恢复后，暂停时未到的截止时间按暂停天数顺延。

schedule-notice-published = 公告发布
schedule-notice-displayed = 公告期满
schedule-announcement-ended = 申请或异议截止
schedule-objections-answered = 补充论证并答复异议
schedule-suppliers-invited = 邀请供应商
schedule-last-change = 不顺延截止时间的最后更正日
schedule-deadline-reached = 投标（响应）截止
schedule-bids-opened = 开启
schedule-final-deadline-reached = 最后报价截止
schedule-evaluation-ended = 评审结束
schedule-report-given = 评审报告送采购人
schedule-award-confirmed = 确认中标、成交供应商
schedule-award-published = 公告结果
schedule-securities-returned = 退还未中标供应商的保证金
schedule-challenges-ended = 对结果的质疑期满
schedule-contract-signed = 签订合同
schedule-contract-published = 公告合同
schedule-contract-filed = 合同备案

calendar-title = 采购日程
calendar-lead = 正在进行的采购项目的日期，按日排列。
calendar-own-lead = 本单位采购项目的日期，按日排列；公众只能看到其中已公开的。
calendar-which = 范围
calendar-all = 全部公开项目
calendar-own = 本单位项目
calendar-day = 日期
calendar-what = 事项
calendar-tender = 项目
calendar-none = 没有即将到来的日期。
calendar-none-next = 项目公告后，截止、开标和各项期限会列在这里。
calendar-count = 今后 { $days } 天共 { $count } 项
calendar-subscribe = 订阅全部公开项目的日程（iCal）
calendar-feed-name = 招采：采购日程
calendar-feed-tender = { $title } · { $number }
