"""Old and variant forms of kanji as their modern form, for search only."""

from functools import lru_cache

# Pairs old→new that occur in names and in official documents; stored text always keeps the form that was written.
_PAIRS = (
    "邊辺 邉辺 齊斉 齋斎 髙高 﨑崎 嵜崎 濵浜 濱浜 國国 學学 會会 廣広 澤沢 瀧滝 淵渕 渊渕 嶋島 嶌島 藏蔵 眞真 惠恵 德徳 壽寿 榮栄 圓円 櫻桜 澁渋 龍竜 龜亀 "
    "萬万 與与 豐豊 應応 實実 寶宝 鐵鉄 縣県 號号 區区 驛駅 變変 續続 關関 處処 發発 證証 檢検 體体 權権 條条 圖図 營営 獨独 聲声 舊旧 晝昼 讀読 賣売 辯弁 "
    "辨弁 瓣弁 當当 經経 傳伝 對対 戶戸 𠮷吉 桒桑 曻昇 舘館 槇槙 嚴厳 冨富 峯峰 埜野 壯壮 彌弥 懷懐 拂払 擴拡 數数 樣様 歸帰 氣気 淺浅 溫温 燈灯 狹狭 獻献 "
    "禮礼 稱称 竊窃 總総 緣縁 聽聴 臺台 藝芸 衞衛 覺覚 觀観 譯訳 譽誉 輕軽 轉転 遞逓 遲遅 鄕郷 醫医 釋釈 隱隠 險険 雜雑 靈霊 顏顔 餘余 驗験 點点 齒歯 堯尭 "
    "遙遥 瑤瑶 凛凜 曾曽 姬姫 靜静 靑青 黑黒 橫横 淸清 內内 步歩 每毎 祿禄 錄録 綠緑"
)
_MODERN = {pair[0]: pair[1] for pair in _PAIRS.split()}


@lru_cache(maxsize=40_000)
def modern(char: str) -> str:
    """The modern form of one kanji; any other character as it is."""
    return _MODERN.get(char, char)
