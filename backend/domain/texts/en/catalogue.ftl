# catalogue

## Fields of an item
item-field-number = Item number
item-field-category = Category
item-field-name = Name
item-field-description = Description
item-field-brand = Brand
item-field-model = Model
item-field-unit = Unit
item-field-gtin = Bar code
item-field-attributes = Attributes
item-field-pictures = Pictures
item-field-tiers = Price
item-field-stock = Stock
item-field-lead-time-days = Lead time
item-field-areas = Delivery areas
item-field-validity = Validity
item-field-currency = Currency

## States of an item
item-state-draft = Draft
item-state-listed = On sale
item-state-suspended = Off sale

## Import of price lists
import-verdict-new = New
import-verdict-changed = Changed
import-verdict-unchanged = Unchanged
import-verdict-refused = Refused
import-verdict-skipped = Skipped
import-column-reason = Reason not imported
import-column-line = Line in the file
import-note-encoding = The encoding was found to be { $encoding }.
import-note-separator = The separator was found to be “{ $separator }”.
import-note-header-line = The header stands in line { $line }.
import-note-sheet-ignored = The sheet “{ $sheet }” was not read.
import-note-columns-ignored = These columns were not read: { $columns }.
import-note-validity-from-title = The period above the header holds for every item: { $period }.
import-note-money-from-title = The measure above the header holds for every price: { $measure }.
import-note-running-numbers = Running numbers serve as item numbers. When rows move, a number will mean another item; fixed item numbers are better.
import-note-subtotal = A row of sums, not an article: { $text }
import-note-remark = A heading or remark, not an article: { $text }
import-note-header-repeated = The header once more.
import-note-row-repeated = The same as line { $line }; taken once.
import-note-category-in-words = The category “{ $given }” was taken by its name for { $code }.
import-note-stock-in-words = The stock “{ $given }” is no number and counts as not stated.
import-status-read = read, to be confirmed
import-status-confirmed = confirmed, being applied
import-status-applied = applied
import-status-failed = failed
