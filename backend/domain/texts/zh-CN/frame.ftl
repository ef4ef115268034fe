# frame

error-unauthenticated = 请先登录。
error-forbidden = 您的角色不能办理此事项。
error-not-found = 没有找到,或您无权查看。
error-unavailable = 服务暂时不可用,请稍后再试。
error-internal = 系统内部错误。请把请求编号告诉平台运营人员。
