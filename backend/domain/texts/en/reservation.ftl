# ---- reserved contracts ----
refusal-bidder-too-large = This purchase or lot is reserved for { $reserved_for } ({ $source }). Your organization is registered as: { $size }, so it can't bid here on its own. If that is wrong, have your administrator correct it in your organization's data; prison enterprises and enterprises of disabled people count as micro and small ones and are registered so.
reserved-for-small-and-medium = small and medium enterprises
reserved-for-micro-and-small = micro and small enterprises
reservation-undecided = Not decided yet
reservation-undecided-said = Whether it is reserved for small and medium enterprises has not been decided.
reservation-unreserved = Nothing reserved
reservation-unreserved-said = Nothing is reserved for small and medium enterprises: { $ground } ({ $source }).
reservation-whole = Reserved as a whole
reservation-whole-said = Reserved as a whole for { $reserved_for }; no price preference on top (财库〔2020〕46号第九条).
reservation-lots = Some lots reserved
reservation-lots-said = Lots { $lots } are reserved for { $reserved_for }; no price preference on top in these (财库〔2020〕46号第九条).
reservation-consortium = Reserved through a consortium
reservation-consortium-said = Bid as a consortium in which { $reserved_for } take at least { $percent }% of the contract; no price preference on top (财库〔2020〕46号第九条).
reservation-subcontract = Reserved through subcontracts
reservation-subcontract-said = The winner subcontracts at least { $percent }% of the contract to { $reserved_for }; no price preference on top (财库〔2020〕46号第九条).
unreserved-not-for-enterprises = law or policy gives precedence to public institutions, social organizations or other bodies that are no enterprises
unreserved-only-others-can = a patent, a technique, an infrastructure or a public service leaves only suppliers that are no small or medium enterprises
unreserved-competition-too-little = with a reserved share supply or competition would not be enough, or the aim of the purchase in danger
unreserved-framework = a framework agreement
unreserved-provincial-case = another case named by the finance authority of a province or above

# ---- the editor ----
tender-step-policies = Policies
tender-step-policies-lead = Say what is reserved. The rules below are those of your organization's policy pack.
reservation-measure = What is reserved, and how
reservation-measure-help = First judge whether small and medium enterprises can supply it. Where nothing is reserved, the law must name the case.
reservation-whole-what = Only bids of enterprises of the chosen size are taken.
reservation-lots-what = Only bids of enterprises of the chosen size are taken in the lots listed.
reservation-consortium-what = Larger enterprises bid together with smaller ones, which take the share below.
reservation-subcontract-what = The winner subcontracts the share below to smaller enterprises.
reservation-unreserved-what = Choose the case of law and give the reason.
reservation-undecided-what = You will be asked about it when you hand in the draft.
reservation-for = Reserved for
reservation-lot-numbers = Numbers of the reserved lots
reservation-lot-numbers-help = With commas between them, such as 1, 3. Only where some lots are reserved.
reservation-lot-numbers-wrong = Give the numbers of lots with commas between them.
reservation-share = Least share (%)
reservation-share-help = Of the contract. Only where a consortium or subcontracts are asked for.
reservation-ground = Case of law in which nothing is reserved
reservation-reason-zh = Why that case holds here (Chinese)
reservation-reason-en = Why that case holds here (English)
tender-reservation = Reserved for smaller enterprises
tender-change-reservation = Reserved for smaller enterprises
tender-preference-none = None (reserved purchase)
bid-reserved-fits = Your organization is registered as: { $size }. It can bid here.
bid-reserved-too-large = Your organization is registered as: { $size }. That is too large for what is reserved here, and its bid would be refused ({ $source }). If it is wrong, correct your organization's data first.
bid-reserved-unknown = Missing fact: the size of your organization. Your bid is not refused for that; give the declaration of enterprise size with your papers.

# ---- rules and warnings ----
check-reserve-whole = Up to { $remedy } a purchase is reserved as a whole for small and medium enterprises; where it is not, the law must name the case.
check-reserve-share = At least { $remedy }% must be reserved. This year's larger purchases of the kind: { $year_bought }, of it reserved: { $year_reserved } (this one included).
check-reserve-small = Of what is reserved at least { $remedy }% must be for micro and small enterprises. Reserved this year: { $year_reserved }, of it for them: { $year_small } (this one included).
check-reserve-coverage = This pack has no reserved share. A reservation needs a note in the schedule of coverage that allows it; otherwise choose “{ $remedy }”.
fact-reservation = whether anything is reserved
fact-coverage = the note in the schedule of coverage that allows it
warning-reservation-missing = Less is reserved than is due
warning-reservation-missing-facts = Budget { $budget }, of it reserved { $reserved }: less than the { $percent }% that are due ({ $source }). Purchases up to { $limit } are reserved as a whole.
warning-reservation-missing-remedy = Choose “{ $remedy }” or another measure; where the law names a case for reserving nothing, choose it and give the reason.
warning-reservation-uncovered = A reservation without basis
warning-reservation-uncovered-facts = Budget { $budget }, of it reserved { $reserved }. This pack lets no supplier be treated differently but by a note in the schedule of coverage ({ $source }).
warning-reservation-uncovered-remedy = Choose “{ $remedy }”; where the schedule has such a note, name it.

# ---- domestic products ----
check-domestic = { $remedy }% is taken off the prices of domestic products for evaluation; where at least { $least }% of the cost of all products is domestic, off the whole price.
check-domestic-elsewhere = For goods { $remedy }% is taken off the prices of domestic products. This is no purchase of goods, and bids are not asked.
fact-both-preferences = how this deduction and that for micro and small enterprises go together, which the rule does not say; the marketplace adds both percentages and says so in the notice
fact-products-within = whether the works or services hold products
tender-domestic = Domestic products
tender-domestic-said = Where at least { $least }% of the cost of the products offered is domestic, { $percent }% is taken off the price for evaluation ({ $source }); only where domestic and other products compete.
tender-domestic-both = Where the deduction for micro and small enterprises applies too, both percentages are added and taken off the price.
bid-domestic = Share of domestic products in the cost (%)
bid-domestic-help = The cost of the products offered that meet the standard for domestic ones, in percent of the cost of all, a whole number from 0 to 100. Leave it empty to declare nothing; nothing is taken off your price then.
bid-lack-domestic = The share of domestic products must be a whole number from 0 to 100

# ---- green products ----
green-energy-saving-obligatory = Energy-saving product, obligatory
green-energy-saving-preferred = Energy-saving products preferred
green-environmental-preferred = Products with the environmental label preferred
tender-item-green = Energy and environment
tender-item-green-help = Where it is obligatory, the certificate in force becomes a paper without which no bidder qualifies. Where it is preferred, of bids equal in points and price the one with more certificates goes first (财库〔2019〕9号).
bid-green = Certificates of preferred products
bid-green-help = Tick the products for which you hold a certificate in force, and attach it to your papers.
bid-green-shown = Preferred products with a certificate
report-tie-green = Equal in points, price and technical points; ranked by certificates of preferred products
