# contracting

## 订单
order-state-placed = 已下单,待确认
order-state-confirmed = 已确认
order-state-partly-despatched = 部分发货
order-state-despatched = 已发货
order-state-partly-received = 部分验收
order-state-received = 已验收
order-state-closed = 已办结
order-state-refused = 供应商已拒单
order-state-cancelled = 已取消
order-side-buyer = 采购人
order-side-supplier = 供应商

## 订单动态
event-order-placed = 已下单
event-order-confirmed = 供应商确认订单
event-order-refused = 供应商拒绝订单
event-order-cancelled = 订单取消
event-order-rest-cancelled = 取消订单余量
event-order-despatched = 已发货
event-order-received = 已验收
event-order-closed = 订单办结

## 拒收原因
receipt-defect-damaged = 货物破损
receipt-defect-wrong-item = 品名型号错误
receipt-defect-not-as-ordered = 与订单不符
receipt-defect-faulty = 不能正常使用
receipt-defect-papers-missing = 缺少合格证或随货资料
receipt-defect-expired = 过期或效期过短
receipt-defect-other = 其他(见备注)

## 合同
contract-state-drawn-up = 已拟定,待双方签署
contract-state-partly-signed = 一方已签署
contract-state-signed = 双方已签署
event-contract-made = 合同已拟定
event-contract-signed = 合同已签署
