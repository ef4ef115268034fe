# Identity
role-officer = Procurement officer
role-approver = Approver
role-finance = Finance
role-key_holder = Key holder
role-evaluator = Evaluator
role-supervisor = Supervisor
role-seller = Seller
role-administrator = Administrator
role-operator = Platform operator
organization-kind-buyer = Buyer
organization-kind-supplier = Supplier
organization-kind-supervisor = Supervisor
organization-kind-platform = Platform
enterprise-size-micro = Micro enterprise
enterprise-size-small = Small enterprise
enterprise-size-medium = Medium enterprise
enterprise-size-large = Large enterprise
