//! The words by which suppliers call their columns, in Chinese and English.

use unicode_normalization::UnicodeNormalization;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Field {
    /// The supplier's item number.
    Number,
    /// A running number, which serves as item number where there is no better one.
    RunningNumber,
    /// The name, in the language that its characters show.
    Name,
    /// The name in English.
    NameEn,
    /// The description.
    Description,
    /// The description in English.
    DescriptionEn,
    /// The brand.
    Brand,
    /// The model.
    Model,
    /// The unit.
    Unit,
    /// The category by code or name.
    Category,
    /// The price of one unit.
    Price,
    /// The price from a quantity on.
    TierPrice(i64),
    /// The currency.
    Currency,
    /// The least quantity.
    LeastQuantity,
    /// The bar code.
    Gtin,
    /// The stock.
    Stock,
    /// The lead time.
    LeadTime,
    /// The delivery areas.
    Areas,
    /// The first day of the offer.
    ValidFrom,
    /// The last day of the offer.
    ValidUntil,
    /// A fact in words, under its own name: `属性:颜色`.
    Attribute(String),
    /// A column that our own files of refused rows carry.
    Ours,
}

const WORDS: &[(Field, &[&str])] = &[
    (Field::Number, &[
        "货号", "商品编号", "商品编码", "商品货号", "产品编号", "产品编码", "物料编码", "物料号", "物料编号", "编号", "编码", "订货号", "sku", "itemno",
        "itemnumber", "itemcode", "number", "partno", "partnumber", "articleno", "articlenumber", "productcode", "productno", "catno",
        "code", "ref", "orderno", "no", "item#", "sku#",
    ]),
    (Field::RunningNumber, &["序号", "行号", "#", "seq", "serial", "sn"]),
    (Field::Name, &[
        "名称", "品名", "商品名称", "产品名称", "货物名称", "物料名称", "商品", "产品", "品名规格", "中文名称", "名称中文", "name", "itemname", "productname",
        "product", "item", "article", "articlename", "goods", "chinesename",
    ]),
    (Field::NameEn, &["英文名称", "英文名", "名称英文", "品名英文", "englishname", "nameen", "nameinenglish", "nameenglish"]),
    (Field::Description, &[
        "描述", "说明", "备注", "商品描述", "产品描述", "商品介绍", "技术参数", "参数", "配置", "规格说明", "description", "remarks", "remark", "notes", "note",
        "details", "specification", "specifications",
    ]),
    (Field::DescriptionEn, &["英文描述", "英文说明", "descriptionen", "englishdescription"]),
    (Field::Brand, &["品牌", "商标", "厂牌", "brand", "make", "manufacturer", "maker", "生产厂家", "制造商", "厂家"]),
    (Field::Model, &["型号", "规格型号", "型号规格", "规格", "款号", "model", "modelno", "type", "spec", "modelnumber"]),
    (Field::Unit, &["单位", "计量单位", "销售单位", "unit", "uom", "unitofmeasure", "unitofsale", "units"]),
    (Field::Category, &[
        "品目编码", "品目", "品目代码", "品目名称", "分类", "类别", "分类编码", "采购品目", "目录编码", "商品分类", "category", "categorycode", "class",
        "categoryname", "productcategory",
    ]),
    (Field::Price, &[
        "单价", "价格", "含税单价", "含税价", "报价", "销售价", "供货价", "协议价", "优惠价", "单价含税", "price", "unitprice", "priceeach", "listprice",
        "netprice", "priceperunit", "saleprice",
    ]),
    (Field::Currency, &["币种", "货币", "币别", "currency", "cur", "ccy"]),
    (Field::LeastQuantity, &[
        "起订量", "最小起订量", "起订数量", "最低订购量", "最小订购量", "起批量", "minqty", "moq", "minimumquantity", "minorderqty", "minimumorder",
        "minquantity", "minorder", "leastquantity",
    ]),
    (Field::Gtin, &["条码", "条形码", "商品条码", "国际条码", "69码", "gtin", "ean", "barcode", "upc", "ean13", "gtin13", "eancode"]),
    (Field::Stock, &["库存", "库存量", "库存数量", "现货数量", "可供数量", "stock", "instock", "qtyavailable", "available", "inventory", "stockqty"]),
    (Field::LeadTime, &[
        "供货期", "交货期", "货期", "交期", "交付周期", "供货周期", "到货天数", "leadtime", "deliverytime", "deliverydays", "leadtimedays", "delivery",
    ]),
    (Field::Areas, &["交货地区", "配送范围", "供货区域", "配送区域", "供货地区", "销售区域", "服务区域", "地区", "deliveryarea", "area", "region", "areas", "deliveryregion", "deliveryareas"]),
    (Field::ValidFrom, &["有效期起", "生效日期", "开始日期", "起始日期", "validfrom", "startdate"]),
    (Field::ValidUntil, &["有效期至", "有效期", "截止日期", "失效日期", "有效期止", "validuntil", "validto", "expires", "expirydate", "enddate"]),
    (Field::Ours, &["未导入原因", "原文件行号", "reasonnotimported", "lineinthefile"]),
];

/// A title without width, case, blanks and punctuation, with or without what stands in brackets.
fn plain(title: &str, keeps_brackets: bool) -> String {
    let mut depth = 0_usize;
    let mut plain = String::new();
    for character in title.nfkc().flat_map(char::to_lowercase) {
        match character {
            '(' | '[' | '【' => depth += 1,
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            _ if (depth > 0 && !keeps_brackets) || character.is_whitespace() => {}
            '*' | ':' | '_' | '-' | '.' | '/' | '、' | ',' | '?' | '\'' | '"' => {}
            other => plain.push(other),
        }
    }
    plain
}

/// What a column with this title holds, where its title says so.
pub(super) fn recognise(title: &str) -> Option<Field> {
    if let Some(name) = attribute(title) {
        return Some(Field::Attribute(name));
    }
    // "名称（英文）" differs from "名称" by its brackets, "单价（元）" does not from "单价".
    let known = [true, false].into_iter().find_map(|keeps_brackets| {
        let title = plain(title, keeps_brackets);
        WORDS.iter().find(|(_, words)| words.contains(&title.as_str())).map(|(field, _)| field.clone())
    });
    known.or_else(|| tier_quantity(title).map(Field::TierPrice))
}

fn attribute(title: &str) -> Option<String> {
    let title = title.trim();
    let (kind, name) = title.split_once([':', '：'])?;
    let kind = kind.trim().to_lowercase();
    let name = name.trim();
    (matches!(kind.as_str(), "属性" | "attribute") && !name.is_empty()).then(|| name.to_owned())
}

/// The quantity of a title such as `10件以上`, `≥10`, `满100`, `Price from 10`, `10+ pcs`.
fn tier_quantity(title: &str) -> Option<i64> {
    let folded: String = title.nfkc().flat_map(char::to_lowercase).collect();
    let says_from = ["以上", "起", "+", "≥", ">=", "满", "from", "or more", "and above", "and up"].iter().any(|word| folded.contains(word));
    let numbers: Vec<&str> = folded.split(|character: char| !character.is_ascii_digit()).filter(|digits| !digits.is_empty()).collect();
    match numbers[..] {
        [only] if says_from => only.parse().ok().filter(|quantity| *quantity > 0),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_recognised_in_both_languages_with_their_trimmings() {
        for (title, field) in [
            ("供货期（天）", Field::LeadTime), ("单价(元)", Field::Price), ("Unit price (USD)", Field::Price), ("*商品名称", Field::Name),
            ("UoM", Field::Unit), ("Min qty", Field::LeastQuantity), ("10件以上", Field::TierPrice(10)), ("≥ 100", Field::TierPrice(100)),
            ("Price from 50", Field::TierPrice(50)), ("属性：颜色", Field::Attribute("颜色".into())), ("品 目", Field::Category),
            ("Item No.", Field::Number), ("名称（英文）", Field::NameEn),
        ] {
            assert_eq!(recognise(title), Some(field), "{title}");
        }
        assert_eq!(recognise("联系人"), None);
        assert_eq!(recognise("华东办公设备有限公司 2026年度政府采购报价单"), None);
    }

    #[test]
    fn no_word_stands_for_two_fields() {
        let mut seen = std::collections::HashMap::new();
        for (field, words) in WORDS {
            for word in *words {
                assert_eq!(plain(word, false), *word, "{word} can never match");
                assert_eq!(seen.insert(word, field), None, "{word} stands for two fields");
            }
        }
    }
}
