//! Parts that are filled in. Posting the form with gaps shows the error summary.

use super::both;
use crate::prelude::*;

pub(super) fn forms() -> impl IntoView {
    let methods = vec![
        Pick::new("open", both("公开招标", "Open tender")).help(both("货物和服务预算达 400 万元的，应当公开招标。", "Required for goods and services from CNY 4 million.")),
        Pick::new("consultation", both("竞争性磋商", "Competitive consultation")).help(both("技术复杂，事先不能确定具体要求的。", "Where complex needs can't be specified beforehand.")),
        Pick::new("inquiry", both("询价", "Request for quotations")).help(both("规格统一、货源充足的货物。", "For standard goods that many can supply.")),
    ];
    let categories = [("A02010104", "台式计算机", "Desktop computers"), ("A02021000", "打印机", "Printers"), ("A05040101", "复印纸", "Copy paper"), ("C21040000", "物业管理服务", "Facility management")]
        .map(|(code, zh, en)| Pick::new(code, format!("{code} {}", both(zh, en))))
        .into();
    view! {
        <Form>
            <Field name="title.zh" label=both("项目名称（中文）", "Title in Chinese") help=both("写明买什么、给谁用，40 字以内。", "What is bought and for whom, within 40 characters.") lang="zh-CN"/>
            <Field name="title.en" label=both("项目名称（英文）", "Title in English") value="Copy paper for all schools, spring 2027" optional=true lang="en"/>
            <Select name="category" label=both("品目", "Category") picks=categories/>
            <Choices name="method" label=both("采购方式", "Method") picks=methods/>
            <MoneyField
                name="budget"
                label=both("预算金额", "Budget")
                rule=both("预算不得超过已批复的采购预算（政府采购法第六条）。", "Not above the approved procurement budget (Government Procurement Law, article 6).")
            />
            <Field name="deadlineAt" label=both("投标截止时间", "Deadline for bids") kind="datetime-local" width="short" help=both("北京时间。", "Beijing time.")/>
            <TextArea name="need" label=both("采购需求", "What is needed") rows=4 optional=true value=both("70 克 A4 复印纸 12,000 箱，每箱 5 包，分三批送达 46 所学校。", "12,000 boxes of A4 copy paper, 70 g, five reams each, to 46 schools in three deliveries.")/>
            <FileField name="annex" label=both("附件", "Annex") accept=".pdf,.xlsx" most_mb=20 optional=true/>
            <Tick name="checked" label=both("我已核对预算和需求。", "I have checked budget and need.")/>
            <div class="buttons">
                <Button label=both("保存并继续", "Save and continue") kind=Kind::Primary/>
                <Button label=both("显示办结提示", "Show a confirmation") name="show" value="done"/>
                <LinkButton label=both("返回文档", "Back to documentation") to="/docs"/>
            </div>
        </Form>
    }
}
