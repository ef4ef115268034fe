//! The papers that every bidder shows to qualify (政府采购法第二十二条), with which a draft begins.

use super::tender_content::Paper;
use crate::language::LocalText;

/// Key, Chinese, English and the item of the article.
const CONDITIONS: [(&str, &str, &str, &str); 5] = [
    ("civil-liability", "具有独立承担民事责任能力的证明（营业执照等）", "Proof of independent civil liability (business licence or the like)", "一"),
    ("finances", "良好的商业信誉和健全的财务会计制度的证明", "Proof of good commercial standing and sound accounts", "二"),
    ("capability", "履行合同所必需的设备和专业技术能力的证明", "Proof of the equipment and skills that the contract needs", "三"),
    ("taxes", "依法缴纳税收和社会保障资金的记录", "Record of taxes and social security contributions paid", "四"),
    ("record", "参加本次采购活动前三年内无重大违法记录的声明", "Declaration of no grave offence in the last three years", "五"),
];

/// The papers that the law asks of every bidder; all of them are obligatory.
pub fn standard_papers() -> Vec<Paper> {
    let paper = |(key, zh, en, item): (&str, &str, &str, &str)| Paper {
        key: key.to_owned(),
        name: LocalText { zh: zh.to_owned(), en: en.to_owned() },
        source: format!("政府采购法第二十二条第一款第{item}项"),
        is_obligatory: true,
    };
    CONDITIONS.map(paper).into()
}

#[cfg(test)]
mod tests {
    use super::standard_papers;
    use std::collections::BTreeSet;

    #[test]
    fn each_paper_has_a_key_of_its_own_and_stands_in_both_languages() {
        let papers = standard_papers();
        let keys: BTreeSet<_> = papers.iter().map(|paper| paper.key.as_str()).collect();
        assert_eq!(keys.len(), papers.len());
        assert!(papers.iter().all(|paper| !paper.name.zh.is_empty() && !paper.name.en.is_empty() && paper.is_obligatory));
    }
}
