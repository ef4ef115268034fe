# oversight
event-recorded = 已记录
event-organization-registered = 单位已注册
event-role-granted = 已授予角色
event-file-stored = 文件已上传
event-user-password-changed = 密码已修改
event-session-started = 已登录
event-session-ended = 已退出登录
event-session-token-reused = 会话已结束：旧令牌被再次使用
event-session-acts-for = 已切换所代表的单位
