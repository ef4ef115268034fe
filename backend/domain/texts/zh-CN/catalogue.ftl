# catalogue

## 商品字段
item-field-number = 商品编号
item-field-category = 品目
item-field-name = 名称
item-field-description = 描述
item-field-brand = 品牌
item-field-model = 型号
item-field-unit = 单位
item-field-gtin = 条码
item-field-attributes = 属性
item-field-pictures = 图片
item-field-tiers = 价格
item-field-stock = 库存
item-field-lead-time-days = 供货期
item-field-areas = 交货地区
item-field-validity = 有效期
item-field-currency = 币种

## 商品状态
item-state-draft = 草稿
item-state-listed = 在售
item-state-suspended = 已下架

## 导入报价单
import-verdict-new = 新增
import-verdict-changed = 更改
import-verdict-unchanged = 不变
import-verdict-refused = 拒绝
import-verdict-skipped = 跳过
import-column-reason = 未导入原因
import-column-line = 原文件行号
import-note-encoding = 文字编码识别为 { $encoding }。
import-note-separator = 分隔符识别为“{ $separator }”。
import-note-header-line = 表头在第 { $line } 行。
import-note-sheet-ignored = 工作表“{ $sheet }”没有读取。
import-note-columns-ignored = 以下各列没有读取:{ $columns }。
import-note-validity-from-title = 表头上方的有效期适用于所有商品:{ $period }。
import-note-money-from-title = 表头上方的价格单位适用于所有价格:{ $measure }。
import-note-running-numbers = 以行号作为商品编号。行序一变,同一编号就会指向另一商品;建议改用固定的货号。
import-note-subtotal = 合计行,不是商品:{ $text }
import-note-remark = 标题或说明,不是商品:{ $text }
import-note-header-repeated = 重复的表头。
import-note-row-repeated = 与第 { $line } 行完全相同,只取一次。
import-note-category-in-words = 品目“{ $given }”按名称识别为 { $code }。
import-note-stock-in-words = 库存“{ $given }”不是数字,按未说明处理。
import-status-read = 待确认
import-status-confirmed = 已确认，正在导入
import-status-applied = 已导入
import-status-failed = 未能导入
