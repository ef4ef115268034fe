# 拒绝理由:说明哪里不对、规则为何存在、接下来怎么做。键与 refusal.rs 的代码表一一对应。

## 通用
refusal-required = 此项必填。
refusal-too-long = 内容过长:最多 { $most } 个字,现有 { $length } 个字。请删减后再提交。
refusal-out-of-range = 数值超出范围。应在 { $least } 与 { $most } 之间。
refusal-malformed = 格式不正确。应为:{ $expected }。
refusal-hidden-characters = 内容含有不可见或改变文字方向的字符,可能误导读者。请重新输入,不要从带格式的文件中粘贴。
refusal-conflict = 您打开此页之后,已有他人修改。您填写的内容没有丢失:请重新载入,核对后再提交。
refusal-idempotency-key-reused = 同一幂等键已用于另一项内容不同的请求。新的请求请使用新的键。
refusal-wrong-state = 当前状态为“{ $state }”,不能办理此事项。
refusal-not-found = 没有找到,或您无权查看。
refusal-not-allowed = 您的角色不能办理此事项。请由具备相应角色的同事办理。
refusal-same-person = 此事项须由另一人办理:起草与审批不得为同一人。
refusal-file-too-large = 文件过大:最大 { $most } MB。请压缩或拆分后再上传。
refusal-file-kind-not-taken = 此处不接受这种文件。可上传:{ $expected }。

## 身份
refusal-credit-code-invalid = 统一社会信用代码不正确:应为 18 位,且末位校验码须符合 GB 32100-2015。请对照营业执照或法人证书核对。
refusal-credit-code-taken = 该统一社会信用代码已注册。请联系贵单位管理员把您加入,或用已有账号登录。
refusal-login-taken = 该登录名已被使用。请换一个。
refusal-sign-in-failed = 登录名或密码不正确。请核对后重试。
refusal-too-many-attempts = 尝试次数过多。请在 { $seconds } 秒后重试。
refusal-password-too-weak = 密码强度不够:至少 { $least } 个字符,不得为常见密码,也不得包含登录名。
refusal-password-wrong = 当前密码不正确。
refusal-token-reused = 此登录凭证已更换过,却被再次使用。为安全起见,这次登录已结束,请重新登录。
refusal-session-ended = 登录已结束,请重新登录。
