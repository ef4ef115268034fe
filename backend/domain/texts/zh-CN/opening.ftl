# 开标的页面。
opening-page-title = 开标
opening-office = { $organization } { $role }
opening-office-number = { $office }（{ $number }）
opening-bid-number = 第 { $number } 份投标

## 各阶段
opening-how = 开标怎样进行
opening-how-sealed = 每份投标都在投标人自己的浏览器中加密。平台只保存密封件，开标之前任何人都读不到，平台运营方也不例外。
opening-how-deadline = 到投标截止时间，按平台时钟停止接收投标。在此之前，收到几份投标是保密的。
opening-how-holders = 每份投标的密钥分给 { $holders } 位持有人保管，须有 { $needed } 人各自解封；人数不足，什么也读不到。
opening-how-record = 满 { $needed } 人解封后，全部投标同时开启，投标人名称和投标价格随即在本页公布，形成开标记录。
opening-how-failure = 投标人不足三家的，不得开标，本次招标废标（政府采购法第三十六条）。持有人遗失密钥的，投标人可用自己保存的密钥开启本单位的投标，开标记录会注明。
opening-state-waiting = 待开标
opening-sign-in = 密钥持有人登录
opening-closing = 投标截止时间已到，正在停止接收投标
opening-closing-next = 稍候即可。页面没有自动更新的，请重新载入。
opening-waiting = 已收到 { $bids } 份密封投标，还需 { $missing } 位密钥持有人解封
opening-waiting-next = 他们解封之前，任何人都读不到投标内容。进展会在本页即时显示。
opening-failed = 本次招标已废标
opening-failed-bids = 截止时收到投标 { $bids } 份。因数量不足而废标的，投标保持密封，不予开启。
opening-failed-law = 符合专业条件的供应商或者对招标文件作实质响应的供应商不足三家的，应予废标（政府采购法第三十六条第一项；财政部令第87号第四十一条、第四十三条）。
opening-failed-next = 采购人将废标理由通知所有投标人，并重新组织招标，或者依法申请改用其他采购方式。
opening-cancelled = 采购人已终止本次招标
opening-unopened = 有投标未能开启
opening-unopened-next = 尚未操作的持有人仍可解封；投标人也可用自己保存的密钥开启本单位的投标。采购人开始资格审查后，不再补开。
opening-awaited = 现在等谁办理
opening-awaited-next = 请其登录本页，选择密钥文件并输入口令。遗失密钥的，请告知采购人：由其他持有人解封，或由投标人自行开启。
opening-to-evaluation = 进行资格审查
opening-to-bid = 本单位的投标
opening-reveal = 持有人未能开启贵单位投标的，可在该页用密封时保存的投标密钥自行开启。

## 开标席
opening-places = 密钥持有人
opening-seat-acted = 已解封
opening-seat-awaited = 待解封
opening-seat-later = 截止后解封
opening-seat-unneeded = 无须解封
opening-seat-own = 您的席位
opening-keys = 需 { $needed } 把密钥，已到 { $count } 把
opening-bids = 按收到的先后排列的投标
opening-bids-secret = 截止之前，收到几份投标是保密的。
opening-bids-none = 没有可以开启的投标。
opening-envelope-closed = 密封
opening-brand-is = 品牌：{ $brand }
opening-revealed = 投标人自行开启
opening-live = 本页正在同步开标进展。
opening-broken = 连接中断，正在重试。也可以重新载入页面。
opening-news = 有新的进展，重新载入页面即可看到；届时需重新选择密钥文件。
opening-reload = 重新载入
opening-read-out = 逐份唱标
opening-next = 开启下一份
opening-all = 全部开启

## 开标记录
opening-record = 开标记录
opening-record-tender = 项目
opening-record-at = 开标时间
opening-record-bids = 投标
opening-record-counts = 截止时收到 { $bids } 份：已开启 { $opened } 份，未能开启 { $failed } 份
opening-record-holders = 解封人（{ $holders } 人中须有 { $needed } 人）
opening-record-caption-lots = 按包号及收到的先后排列
opening-record-caption = 按收到的先后排列
opening-record-number = 序号
opening-record-bidder = 投标人及声明的企业规模
opening-record-price = 投标价格
opening-record-brand = 品牌
opening-record-result = 结果
opening-record-received = 收到时间
opening-record-commitment = 承诺值（SHA-256）
opening-record-stale = 按较早版本的招标文件密封，此后未经确认
opening-record-check = 承诺值在收到投标时即已公布，开启的内容必须与其相符。二者均可查验：
opening-result-opened = 已开启
opening-result-revealed = 投标人自行开启
opening-result-failed = 未能开启

## 持有人办理
opening-desk = 用您的密钥解封
opening-desk-lead = { $bids } 份密封投标等您解封自己保管的一份密钥。解封在本浏览器中进行，密钥文件和口令不会离开这里。
opening-key-file = 您的密钥文件（.age）
opening-key-file-help = 生成密钥时保存的文件。只在本浏览器中读取，不上传。
opening-passphrase = 口令
opening-passphrase-help = 只在本浏览器中使用。
opening-no-file = 请先选择密钥文件。超过 64 KB 的文件不是密钥文件。
opening-no-passphrase = 请输入密钥文件的口令。
opening-working = 正在解锁，需要几秒钟。
opening-wrong-file = 这不是密钥文件，无法读取。请选择生成密钥时保存的 .age 文件。
opening-wrong-passphrase = 口令打不开这个文件。请检查大小写和输入法后再试；没有提交任何内容。
opening-other-key = 文件中的密钥不是公告为您列明的那一把。请选择对应的密钥文件；没有提交任何内容。
opening-no-module = 页面的解封组件未能载入或运行。请重新载入页面；没有提交任何内容。
opening-open-shares = 解封我的份额
opening-shares-opened = 已解封 { $opened } 份，共 { $total } 份。尚未提交。
opening-shares-failed = 以下未能解封：
opening-share-unfit = 不是密封给您这把密钥的。
opening-share-wrong = 内容与公布的哈希值不符：投标人密封的与其声明的不一致。
opening-share-unreadable = 密封的份额无法读取。
opening-confirm-missing = 我已用正确的密钥试过。请将这些份额按未能解封提交；其他人解封不足时，开标记录会注明。
opening-unconfirmed = 请勾选确认将未能解封的份额按缺失提交，或换用正确的密钥再试。
opening-hand-in = 提交
opening-handing-in = 正在提交。
opening-unanswered = 平台没有应答，或者您已退出登录。内容没有丢失：请再按一次，或先在另一窗口登录。
opening-handed-in = 您的份额已提交。
done-shares-handed-in = 您的份额已提交。每位持有人只计一次，无须再办理。
opening-rehearsal = 提前试一试密钥
opening-rehearsal-lead = 趁早确认密钥文件和口令对本项目有效。只在您的浏览器中进行，不会改变任何内容。登记的公钥：
opening-try-key = 试用密钥
opening-key-works = 密钥可用：文件和口令与公告列明的公钥相符。
opening-no-script = 在浏览器中解封需要 JavaScript。请启用，或换用其他浏览器。

## 时间线
event-bidding-closed = 停止接收投标
event-opening-shares-submitted = 一位密钥持有人已提交份额
event-opening-recorded = 开标记录已公布
