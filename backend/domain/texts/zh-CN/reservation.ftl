# ---- 预留份额 ----
refusal-bidder-too-large = 本项目（采购包）专门面向{ $reserved_for }采购（{ $source }），贵单位登记的企业规模为{ $size }，不能单独投标。规模登记有误的，请由管理员在单位信息中更正；属于监狱企业或者残疾人福利性单位的，视同小微企业，请先更正登记。
reserved-for-small-and-medium = 中小企业
reserved-for-micro-and-small = 小微企业
reservation-undecided = 尚未确定
reservation-undecided-said = 尚未确定是否专门面向中小企业采购。
reservation-unreserved = 不预留份额
reservation-unreserved-said = 不专门面向中小企业预留份额：{ $ground }（{ $source }）。
reservation-whole = 整体预留
reservation-whole-said = 整体专门面向{ $reserved_for }采购，不再执行价格评审优惠（财库〔2020〕46号第九条）。
reservation-lots = 采购包预留
reservation-lots-said = 采购包 { $lots } 专门面向{ $reserved_for }采购，预留的采购包不再执行价格评审优惠（财库〔2020〕46号第九条）。
reservation-consortium = 联合体预留
reservation-consortium-said = 须以联合体形式参加，其中{ $reserved_for }承担的部分不低于合同金额的 { $percent }%，不再执行价格评审优惠（财库〔2020〕46号第九条）。
reservation-subcontract = 分包预留
reservation-subcontract-said = 成交供应商须将不低于合同金额 { $percent }% 的部分分包给{ $reserved_for }，不再执行价格评审优惠（财库〔2020〕46号第九条）。
unreserved-not-for-enterprises = 规定优先或者应当面向事业单位、社会组织等非企业主体采购
unreserved-only-others-can = 因不可替代的专利、专有技术、基础设施限制或者提供特定公共服务等，只能从中小企业之外的供应商处采购
unreserved-competition-too-little = 预留份额无法确保充分供应、充分竞争，或者可能影响政府采购目标实现
unreserved-framework = 框架协议采购项目
unreserved-provincial-case = 省级以上财政部门规定的其他情形

# ---- 编制页面 ----
tender-step-policies = 政策功能
tender-step-policies-lead = 写明预留份额。下方的规则按本单位适用的政策包列出。
reservation-measure = 预留份额的方式
reservation-measure-help = 采购人应当先评估项目是否适宜由中小企业提供；不预留的，须属于法定情形。
reservation-whole-what = 只接受所选规模企业的投标。
reservation-lots-what = 只在所列采购包中接受所选规模企业的投标。
reservation-consortium-what = 大中型企业与小微企业组成联合体参加，小企业一方承担约定比例。
reservation-subcontract-what = 成交供应商将约定比例分包给小企业。
reservation-unreserved-what = 须选择法定情形并写明理由。
reservation-undecided-what = 提交审核时会提示，须写明理由。
reservation-for = 面向
reservation-lot-numbers = 预留的采购包编号
reservation-lot-numbers-help = 以逗号分隔，例如：1, 3。仅在选择“采购包预留”时填写。
reservation-lot-numbers-wrong = 请填写采购包编号，以逗号分隔。
reservation-share = 最低比例（%）
reservation-share-help = 占合同金额的比例。仅在选择联合体预留或分包预留时填写。
reservation-ground = 不预留的法定情形
reservation-reason-zh = 不预留的理由（中文）
reservation-reason-en = 不预留的理由（英文）
tender-reservation = 预留份额
tender-change-reservation = 预留份额
tender-preference-none = 不执行（预留份额项目）
bid-reserved-fits = 贵单位登记的企业规模为{ $size }，可以参加。
bid-reserved-too-large = 贵单位登记的企业规模为{ $size }，不在预留范围内，提交时会被拒绝（{ $source }）。登记有误的，请先更正单位信息。
bid-reserved-unknown = 缺少的事实：贵单位的企业规模。提交不会因此被拒绝，但须在资格文件中提供《中小企业声明函》。

# ---- 规则与提示 ----
check-reserve-whole = 预算在 { $remedy } 以下的，应当整体专门面向中小企业采购；不预留的须属于法定情形。
check-reserve-share = 预留份额不低于 { $remedy }%。本年度同类大额项目预算合计 { $year_bought }，已预留 { $year_reserved }（含本项目）。
check-reserve-small = 预留份额中面向小微企业的不低于 { $remedy }%。本年度已预留 { $year_reserved }，其中面向小微企业 { $year_small }（含本项目）。
check-reserve-coverage = 本政策包没有预留份额的规定；本项目预留须有适用范围附件的注释允许，否则请选择“{ $remedy }”。
fact-reservation = 是否预留份额
fact-coverage = 适用范围附件中允许预留的注释
warning-reservation-missing = 预留份额不足
warning-reservation-missing-facts = 预算 { $budget }，预留 { $reserved }，低于应预留的 { $percent }%（{ $source }）。预算在 { $limit } 以下的项目应当整体预留。
warning-reservation-missing-remedy = 选择“{ $remedy }”或其他预留方式；属于不预留的法定情形的，选择该情形并写明理由。
warning-reservation-uncovered = 预留份额没有依据
warning-reservation-uncovered-facts = 预算 { $budget }，预留 { $reserved }；本政策包不允许对供应商差别对待，除非适用范围附件的注释另有保留（{ $source }）。
warning-reservation-uncovered-remedy = 选择“{ $remedy }”；附件另有保留的，写明该注释。

# ---- 本国产品 ----
check-domestic = 本国产品的报价扣除 { $remedy }% 后参与评审；投标产品中本国产品成本占比不低于 { $least }% 的，按全部报价扣除。
check-domestic-elsewhere = 货物采购中本国产品的报价扣除 { $remedy }%；本项目不是货物，平台不在投标文件中询问。
fact-both-preferences = 本国产品与小微企业两项扣除如何合并，规定未写明；平台按两项比例相加从报价中扣除，并在公告中写明
fact-products-within = 工程或服务中是否包含产品
tender-domestic = 本国产品
tender-domestic-said = 投标产品中本国产品成本占比不低于 { $least }% 的，报价扣除 { $percent }% 后参与评审（{ $source }）。仅在本国产品与非本国产品同时参与竞争时执行。
tender-domestic-both = 同时符合小微企业价格扣除的，两项比例相加后从报价中扣除。
bid-domestic = 本国产品成本占比（%）
bid-domestic-help = 投标产品中符合本国产品标准的产品成本之和占全部产品成本的比例，填 0 至 100 的整数。不填视为未声明，不执行价格扣除。
bid-lack-domestic = 本国产品成本占比须为 0 至 100 的整数

# ---- 节能、环境标志产品 ----
green-energy-saving-obligatory = 政府强制采购节能产品
green-energy-saving-preferred = 优先采购节能产品
green-environmental-preferred = 优先采购环境标志产品
tender-item-green = 节能、环保要求
tender-item-green-help = 强制采购的，系统自动将有效期内的认证证书列为必须提供的资格证明文件；优先采购的，报价、得分均相同时，持证书多者排名在前（财库〔2019〕9号）。
bid-green = 优先采购产品的认证证书
bid-green-help = 勾选持有有效期内认证证书的产品，并在投标文件中提供证书。
bid-green-shown = 持有认证证书的优先采购产品
report-tie-green = 得分、报价、技术分均相同，持优先采购产品证书多者在前
