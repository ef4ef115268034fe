# 身份
role-officer = 采购经办人
role-approver = 审批人
role-finance = 财务
role-key_holder = 开标密钥持有人
role-evaluator = 评审专家
role-supervisor = 监管人员
role-seller = 供应商经办人
role-administrator = 单位管理员
role-operator = 平台运营
organization-kind-buyer = 采购人
organization-kind-supplier = 供应商
organization-kind-supervisor = 监管部门
organization-kind-platform = 平台
enterprise-size-micro = 微型企业
enterprise-size-small = 小型企业
enterprise-size-medium = 中型企业
enterprise-size-large = 大型企业
