# 拒绝理由:说明哪里不对、规则为何存在、接下来怎么做。键与 refusal.rs 的代码表一一对应。

## 通用
refusal-required = 此项必填，尚未填写。请填写。
refusal-too-long = 内容过长：最多 { $most } 个字，现有 { $length } 个字。请删减后再提交。
refusal-out-of-range = 超出范围，应在 { $least } 与 { $most } 之间。
refusal-not-a-buyer = 只有采购人按政策包采购。请选择一个采购人。
refusal-malformed = 格式不正确。应为：{ $expected }。
refusal-hidden-characters = 内容含有不可见或改变文字方向的字符，可能误导读者。请重新输入，不要从带格式的文件中粘贴。
refusal-conflict = 您打开此页之后，已有他人修改。您填写的内容没有丢失：请重新载入，核对后再提交。
refusal-idempotency-key-reused = 同一幂等键已用于另一项内容不同的请求。新的请求请使用新的键。
refusal-wrong-state = 当前状态为“{ $state }”，不能办理此事项。
refusal-not-found = 没有找到，或您无权查看。
refusal-not-allowed = 您的角色不能办理此事项。请由具备相应角色的同事办理。
refusal-same-person = 此事项须由另一人办理：起草与审批不得为同一人。
refusal-file-too-large = 文件过大：最大 { $most } MB。请压缩或拆分后再上传。
refusal-file-kind-not-taken = 此处不接受这种文件。可上传：{ $expected }。
refusal-file-elsewhere = “{ $name }”已属于另一项记录。请为本项重新上传。

## 接口
refusal-query-too-deep = 查询嵌套过深：最多 { $most } 层。请拆成几个查询。
refusal-query-too-complex = 查询一次索取的内容过多：最多 { $most } 个字段。请减少字段或每页条数。
refusal-request-too-large = 请求过大：最多 { $most } 字节。请拆成几个请求。
refusal-query-invalid = 查询不符合 GraphQL 或本平台的模式：{ $reason }
refusal-query-too-long = 查询过长：最多 { $most } 个词和符号。请拆成几个查询，或减少索取的内容。
refusal-query-too-many-aliases = 查询使用的别名过多：最多 { $most } 个。别名会重复执行同一工作，请改用列表查询。
refusal-query-too-many-root-fields = 查询的根字段过多：最多 { $most } 个。请拆成几个查询。
refusal-batch-not-taken = 不接受合并在一起的多个请求，因为每个请求都有各自的限额。请在同一连接上逐个发送。
refusal-preflight-header-missing = 带文件的表单需要请求头 GraphQL-Require-Preflight（值不限）：其他网站无法冒用您的名义发送它。请加上后重发。
refusal-persisted-query-not-found = 没有保存与此哈希对应的查询。请将查询与哈希一起发送一次，之后即可只发哈希。
refusal-persisted-query-mismatch = 哈希不是该查询的 SHA-256。请按查询的原始字节计算，并用小写十六进制表示。
refusal-subscriptions-too-many = 此连接的订阅数已达上限：{ $most } 个。请先结束其中一个。

## 身份
refusal-credit-code-invalid = 统一社会信用代码不正确：应为 18 位，且末位校验码须符合 GB 32100-2015。请对照营业执照或法人证书核对。
refusal-credit-code-taken = 该统一社会信用代码已注册。请联系贵单位管理员，在“本单位”页面的“添加同事”中把您加入；您会得到登录名和一次性密码，用其登录即可。已有账号的，请直接登录。
refusal-login-taken = 该登录名已被使用。请换一个。
refusal-member-elsewhere = 此人已在“{ $nameZh }”（{ $kind }）任职。任何人不得同时任职于供应商与采购、监管或平台一方，否则有失公平竞争。请另选他人，或先由该单位收回其角色。
refusal-answered-once = 此事项已办理，一次性密码当时已显示。系统不留存密码，无法再次显示。如已遗失，请在“本单位”页面的人员列表中重新发放。
refusal-password-chosen = 此人已自行设定密码，他人不得代为更换。忘记密码的，请联系平台运维人员重置。
refusal-sign-in-failed = 登录名或密码不正确。请核对后重试。
refusal-too-many-attempts = 尝试次数过多。请在 { $seconds } 秒后重试。
refusal-account-of-others = 该账号并非由贵单位开设，或其本人同时任职于其他单位，贵单位不能为其发放密码。请联系平台运维人员。
refusal-password-unchanged = 新密码与当前密码相同。请另设密码：当前密码的发放人知道该密码。
refusal-password-too-weak = 密码强度不够：至少 { $least } 个字符，不得为常见密码，也不得包含登录名。
refusal-last-administrator = 最后一名管理员不能移除，否则无人管理本单位。请先授予他人管理员角色。
refusal-password-wrong = 当前密码不正确。
refusal-token-reused = 此登录凭证已更换过，却被再次使用。为安全起见，这次登录已结束，请重新登录。
refusal-session-ended = 登录已结束，请重新登录。

## 商品目录
refusal-category-unknown = 没有“{ $given }”这个品目。最接近的是：{ $suggestion }。请按《政府采购品目分类目录》填写编码或完整名称。
refusal-category-repeated = 品目编码 { $code } 重复，第一次出现在第 { $line } 行。每个编码只能有一行，请删去其中一行。
refusal-category-without-parent = 品目 { $code } 的上级 { $parent } 不在表中。请补上上级品目。
refusal-gtin-invalid = 条码“{ $given }”不正确：商品条码为 8、12、13 或 14 位数字，末位是校验码（GB 12904），此处校验码应为 { $expected }。请对照包装核对。
refusal-price-by-agreement = “{ $given }”不是明确的价格。采购单位按明码标价直接下单，请填写含税单价。
refusal-price-malformed = 无法读出价格“{ $given }”，或有两种读法。请写成 1,234.50 或 1234.5。
refusal-price-not-positive = 价格 { $given } 不大于零。请填写实际的含税单价。
refusal-tiers-not-increasing = 阶梯价的起订量须逐级增加：上一级为 { $previous }，这一级为 { $given }。请调整数量或删去这一级。
refusal-tiers-mixed-currencies = 同一商品的阶梯价须用同一币种。请统一币种。
refusal-currency-not-taken = 不接受币种“{ $given }”。请使用 CNY、USD、EUR、GBP、HKD、JPY、KRW 或 CHF(ISO 4217)。
refusal-quantity-malformed = 数量“{ $given }”不是整数。请填写数字，如 10。
refusal-stock-malformed = 库存“{ $given }”不是数字。请填写数字；不便说明时留空。
refusal-lead-time-malformed = 供货期“{ $given }”不是天数。请填写自然日的数字，如 15。
refusal-area-unknown = 没有“{ $given }”这个交货地区。请填写全国、省或市的名称，或 GB/T 2260 的六位代码。
refusal-validity-reversed = 有效期的结束日早于开始日。请核对两个日期。
refusal-formula-as-text = “{ $given }”以 =、+、- 或 @ 开头，别人用电子表格打开时可能被当作公式执行。请改成文字。
refusal-formula-without-result = 此格是公式，但文件里没有保存计算结果，平台不代为计算。请在表格软件中打开、重新保存，或改为数值。
refusal-cell-error = 此格是表格软件的错误值“{ $given }”。请改为数值或文字。
refusal-item-number-fixed = 商品编号 { $number } 不能更改：它用来识别同一商品。需要新编号时请新建商品。
refusal-item-number-repeated = 商品编号 { $number } 在文件第 { $lines } 行重复出现，内容不同，无法判断以哪一行为准。请只保留一行，或改用不同编号。
refusal-item-number-taken = 贵单位已有编号为 { $number } 的商品。请修改该商品，或为本商品另取编号：采购人按编号下单。
refusal-columns-shifted = 此行有 { $given } 格，表头只有 { $expected } 列，可能是数字里的逗号或分隔符没有加引号。请检查此行。
refusal-header-not-found = 没有找到表头：前 { $lines } 行里没有同时含“名称”和“价格”的一行。请补上表头（编号、名称、单位、品目编码、单价）后再上传。
refusal-columns-missing = 表头缺少必需的列：{ $columns }。请补上后再上传。
refusal-list-too-long = 文件超过 { $rows } 行或 { $columns } 列。请拆分后再上传。
refusal-list-empty = 表头下面没有任何商品。请填写后再上传。
refusal-file-unreadable = 文件无法读取：可能已损坏，或编码不是 UTF-8、UTF-16、GB18030。请另存为 XLSX 或 UTF-8 的 CSV 后再上传。
refusal-archive-too-dense = 文件解压后超过 { $most } MB 或压缩比异常，可能是压缩炸弹，未予打开。请另存为普通的 XLSX 后再上传。

## 投标与开标
refusal-bid-late = 投标截止时间为 { $deadline }，平台时间现为 { $now }。逾期的投标依法拒收（财政部令第87号第三十三条），内容未予保存。
refusal-bid-already-in = 贵单位已于 { $received } 投标。一个供应商只能有一份有效投标：请替换该份投标，或将其撤回。
refusal-bid-withdrawn = 该投标已于 { $at } 撤回，不再有效。截止时间之前，您可以重新密封并提交新的投标。
refusal-bid-for-old-documents = 该投标按招标文件第 { $sealed } 版密封，现行为第 { $current } 版。请阅读变更内容后重新密封并提交。
refusal-bid-not-stale = 自密封或上次确认以来，招标文件没有变更，无须确认。该投标继续有效。
refusal-commitment-wrong = 密封件与其承诺值不符：清单或密文被改动或在传输中损坏。请提交同一次密封生成的两个文件，或重新密封。
refusal-bid-for-something-else = 该密封件是为其他项目、标包或投标人密封的，不能在此提交。请以贵单位身份在本项目页面重新密封。
refusal-bid-sealed-to-others = 该密封件的密钥持有人或开启门限与本项目不符，开标时无法开启。请重新获取密封条件后再密封。
refusal-recipient-invalid = 这不是 age 格式的公钥。公钥以 age1 开头，共 62 个字符；私钥（AGE-SECRET-KEY…）绝不能离开持有人。
refusal-recipient-taken = 该公钥已经登记。每位持有人使用各自的密钥，请重新生成。
refusal-opening-too-early = 投标截止时间 { $deadline } 之后才能开标，在此之前任何人都不能查看投标（财政部令第87号第三十九条）。请届时办理。
refusal-questions-too-many = 您就本项目提出的问题已有 { $most } 个尚待答复，请待采购人答复后再提。
refusal-reveal-too-early = { $from } 之前由开标密钥持有人开标；此后仍未开启的，您可自行开启本单位的投标。
refusal-bids-unopened = 还有 { $count } 份投标未开启。{ $until } 之前，密钥持有人可以继续解封，投标人也可以自行开启；全部开启后或逾期后方可进行资格审查。
refusal-too-few-bids = 收到投标 { $bids } 份，少于 { $fewest } 份，不得开标（政府采购法第三十六条）。本次招标已废标，采购人将公告并重新组织采购。
refusal-share-wrong = 投标 { $bid } 的密钥份额不是当初密封给您的那一份：哈希值不符。请用您本人的密钥重新解封；本次提交的份额均未采用。
refusal-shares-missing = 缺少 { $missing } 份投标的密钥份额。请为每份投标提交份额；无法解封的，请如实标明。
refusal-shares-in-already = 您已于 { $at } 提交份额，每位持有人只计一次。请其他持有人提交。
refusal-bid-key-wrong = 该密钥不能开启这份投标。请使用密封该投标时保存的投标密钥（AGE-SECRET-KEY…）。

## 购物车与订单
refusal-basket-full = 购物车最多 { $most } 行，以便订单清晰可核。请先下单或移除部分商品。
refusal-nothing-to-order = 没有可下单的商品。请先把该供应商的商品加入购物车。
refusal-not-on-offer = 供应商目前不供应此商品。请移除后另选。
refusal-price-changed = 加入购物车后，单价已由 { $was } 变为 { $is }。请核对并接受新价格，或移除此行。
refusal-stock-too-low = 供应商现有库存 { $stock }。请减少数量，或向供应商询问补货时间。
refusal-not-delivered-there = 供应商的供货范围不含该收货地区。请更换收货地址，或移除此行后另选供应商。
refusal-currencies-differ = 一张订单只能使用一种币种。请将不同币种的商品分别下单。
refusal-amount-too-large = 合计金额超过 { $most }。请拆分办理。
refusal-line-twice = 此行已列出。请把数量合并到同一行。
refusal-despatch-too-large = 此行最多还可发货 { $most }:应按订单数量交付。超出部分须另行下单。
refusal-receipt-too-large = 此行在途数量仅 { $most }。合格与拒收数量之和不得超过在途数量；如有其他到货，请供应商先补报发货。
refusal-already-despatched = 货物已发出，不能整单取消。可取消尚未发货的部分，或在到货时拒收。
refusal-nothing-to-cancel = 未完成的部分均已发货，没有可取消的余量。可在到货时拒收。
refusal-order-still-open = 订单尚有 { $open } 件未完成。请验收或取消余量后再办结。

## 评审、中标与合同
refusal-finding-missing = 还有 { $missing } 项资格材料未审查。每个投标人（申请人）的每项必备材料都须有结论（财政部令第87号第四十四条）。请逐项填写后再提交。
refusal-members-too-few = 评审委员会人数不足：至少 { $least } 人（财政部令第87号第四十七条）。请增补评审专家。
refusal-panel-even = 评审委员会人数须为单数，现有 { $given } 人（财政部令第87号第四十七条）。请增加或减少一人。
refusal-not-an-evaluator = 此人不是评审专家。请从评审专家中选择。
refusal-member-conflicted = 此人与本项目有利害关系：曾经办、审批本项目，任职于投标人，或已回避（政府采购法第十二条）。请另选一人。
refusal-conflict-undeclared = 尚有成员未作利害关系声明，或有空缺未补。全体成员声明无利害关系后才能查看投标文件。
refusal-scores-incomplete = 还有 { $missing } 处未评。每份投标的每项标准和每条实质性要求都须独立评定（财政部令第87号第五十五条）。请补齐后再提交。
refusal-scores-submitted = 评分已提交，不能再改：提交后的修改会动摇独立评审。如有计算错误，请在评审报告中说明。
refusal-low-price-unexplained = 此报价异常偏低，须记录投标人的说明及您的判断（财库〔2026〕2号）。请填写后再提交。
refusal-report-unsigned = 评审报告尚未由全体成员签署。请待全体签署后再确认中标人。
refusal-not-first-ranked = 只能确认排名第一的投标人（政府采购法实施条例第四十三条）。请核对评审报告。
refusal-award-unpublished = 中标结果尚未公告。请先公告，再订立合同。
refusal-signature-late = 签订期限已过：合同须在 { $last } 前（含当日）签订（政府采购法第四十六条）。请向监管部门报告并说明原因。
refusal-already-signed = 您一方已经签署，无须重复。
refusal-deadline-too-early = 截止日期 { $deadline } 过早：自招标文件开始发出之日起至投标截止之日止不得少于 { $days } 日（{ $source }）。请改为 { $remedy } 或以后。
refusal-subject-fixed = 采购标的和资格条件不得改变（{ $source }）。需要另行采购的，请终止本项目后重新发布公告。
refusal-nothing-changed = 与已发布的版本没有不同。请先修改，或保持公告不变。
refusal-plan-too-recent = 采购意向已公开 { $held } 日；原则上须在采购活动开始前公开满 { $days } 日（{ $source }）。请在 { $remedy } 或以后发布；因不可预见的原因急需采购的，可不关联采购意向另行起草。
refusal-deadline-passed = 截止时间 { $deadline } 已过，不能再办理此事项。
refusal-deadline-not-reached = 截止时间 { $deadline } 尚未到，请在截止后再办理。
refusal-weights-not-hundred = 各评审因素分值合计为 { $sum } 分，应为 100 分。请调整各项分值。
refusal-price-weight-too-low = 价格分值为 { $weight } 分，低于规定的 { $least } 分（{ $source }）。请提高价格分值。
refusal-security-too-high = 保证金 { $asked } 超过上限（{ $percent }%，{ $source }）。最高可为 { $remedy }。
refusal-deduction-out-of-range = 小微企业价格扣除比例须在 { $least }% 至 { $most }% 之间（{ $source }）。
refusal-panel-too-small = 评标委员会须为不少于 { $least } 人的单数（{ $source }）。
refusal-holders-too-few = 开标密钥持有人为 { $held } 人，开标需 { $needed } 人（至少 2 人）。请增加持有人或调整开标人数。
refusal-deadline-moved-nearer = 变更不得提前投标截止时间。现为 { $deadline }，请保持不变或改为更晚的时间。

refusal-procedure-not-in-force = { $day } 施行的规定中没有“{ $procedure }”这一采购方式。请改选其他采购方式。
refusal-ground-unfit = “{ $ground }”不是采用“{ $procedure }”的法定情形。请选择相符的情形，或者改选采购方式。
refusal-approval-missing = 预算达到公开招标数额标准，采用公开招标以外的采购方式须经设区的市级以上财政部门批准（政府采购法第二十七条）。请填写批准文号，或者改为公开招标。
refusal-evaluation-method-unfit = “{ $procedure }”不能采用所选的评审方法。请改选评审方法。
refusal-price-weight-too-high = 价格分值为 { $weight } 分，高于规定的 { $most } 分（{ $source }）。请降低价格分值。
refusal-announcement-too-short = 公示或公告期限不足（{ $source }）。请将截止时间改为 { $remedy } 或以后。
refusal-announcement-runs = 公示或申请期限到 { $until } 才结束，请在此之后再邀请。
refusal-announcement-over = 公示或申请期限已于 { $until } 结束，不再受理。
refusal-invited-too-few = 受邀供应商不足 { $least } 家，请增加受邀家数。
refusal-not-invited = 本次采购只邀请了部分供应商，贵单位不在受邀之列，不能提交。
refusal-offer-stands = 询价采购一次报出的价格不得更改，贵单位已经报价，不能再次报价。
refusal-applied-already = 贵单位已经提交过资格预审申请，每家供应商只能提交一次。
refusal-applications-too-many = 本项目已收到 { $most } 份资格预审申请，不能再受理。请与采购人联系。
refusal-applications-unjudged = 还有 { $count } 份资格预审申请没有审查，请先完成审查。
refusal-objected-already = 贵单位已经提出过异议，每家供应商只能提出一次。采购人的答复会在公示页面公开。
refusal-sole-supplier-objects = 贵单位是拟定的唯一供应商，不能对本次公示提出异议。
refusal-objections-unanswered = 还有 { $count } 条异议没有答复，请先答复。
refusal-objection-upheld = 有异议成立，本项目不能再采用单一来源采购。请取消后改用其他采购方式重新采购。
refusal-negotiation-missing = 还有 { $count } 家供应商没有谈判或磋商记录。请与每家供应商分别谈判并记录后，再要求提交最后报价。
refusal-warnings-open = 尚有一项审计提示待处理：{ $warning }（{ $source }）。请修改该处内容，或写明保留的理由。
refusal-warning-changed = 该提示已不存在，或其事实已有变化。请重新查看后再说明理由。
refusal-reason-too-short = 理由过短：至少 { $least } 个字。请写明为什么必要、有何依据。
refusal-security-not-asked = 招标文件没有要求提交投标保证金，无须提交。
refusal-security-lodged-already = 本单位已为该项目提交投标保证金。财务未予确认的，才可以重新提交。
refusal-security-too-low = 保函金额不足：招标文件要求 { $asked }。请由出具机构改为不低于该金额。
refusal-guarantee-too-short = 保函到期过早：投标有效期为截止后 { $days } 日，保函须至少有效至 { $earliest }。请由出具机构延长有效期。
refusal-security-not-due = 尚无退还事由：中标结果公告、合同签订、采购活动终止或者投标撤回后才应退还（政府采购法实施条例第三十三条）。
refusal-securities-undecided = 有 { $count } 家投标人的投标保证金财务尚未核对。请先由财务核对，再作资格审查结论。
refusal-day-in-future = 日期晚于今天（{ $today }）。请填写已经发生的日期。
refusal-registered-already = 本单位已登记获取该项目的采购文件，无须重复登记。
