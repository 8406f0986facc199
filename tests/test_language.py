"""Texts that are not English are told as such; English ones never are."""

from pathlib import Path

import pytest

from healthlint.analysis.language import language
from healthlint.catalogue import builtin_rules
from healthlint.formats import parse
from healthlint.text import Source

HERE = Path(__file__).parent
OTHERS = {
    "German": "Viele Menschen haben im Winter zu wenig Vitamin D. Der Körper bildet es selbst, wenn die Sonne auf die"
    " Haut scheint. Ob Tabletten sinnvoll sind, hängt von der Ernährung und vom Alter ab. Fragen Sie Ihre Ärztin, bevor"
    " Sie ein Mittel nehmen.",
    "French": "La vitamine D est produite par la peau sous l'effet du soleil. En hiver, les personnes âgées en manquent"
    " souvent et un complément peut être utile. Parlez-en à votre médecin avant de prendre des comprimés, car une dose"
    " trop forte est dangereuse pour les reins.",
    "Spanish": "La vitamina D se produce en la piel con la luz del sol. En invierno muchas personas mayores no tienen"
    " suficiente y un suplemento puede ser útil. Hable con su médico antes de tomar pastillas, porque una dosis muy"
    " alta es peligrosa para los riñones.",
    "Portuguese": "A vitamina D é produzida na pele com a luz do sol. No inverno, muitas pessoas idosas não têm o"
    " suficiente e um suplemento pode ser útil. Fale com o seu médico antes de tomar comprimidos, porque uma dose"
    " muito alta é perigosa para os rins.",
    "Italian": "La vitamina D è prodotta dalla pelle con la luce del sole. In inverno molte persone anziane non ne"
    " hanno abbastanza e un integratore può essere utile. Parli con il suo medico prima di prendere le compresse,"
    " perché una dose troppo alta è pericolosa per i reni.",
    "Dutch": "Vitamine D wordt door de huid gemaakt als de zon schijnt. In de winter hebben veel oudere mensen er niet"
    " genoeg van en dan kan een tablet zinvol zijn. Praat met uw huisarts voordat u pillen neemt, want een te hoge"
    " dosis is schadelijk voor de nieren.",
    "Swedish": "D-vitamin bildas i huden när solen skiner. På vintern har många äldre människor inte tillräckligt och"
    " då kan ett tillskott vara till nytta. Tala med din läkare innan du tar tabletter, för en alltför hög dos är"
    " farlig för njurarna.",
    "Danish or Norwegian": "D-vitamin dannes i huden når solen skinner. Om vinteren har mange ældre ikke nok, og så kan"
    " et tilskud være til nytte. Tal med din læge, før du tager tabletter, for en alt for høj dosis er farlig for"
    " nyrerne og kan også skade hjertet.",
    "Finnish": "D-vitamiinia muodostuu iholla, kun aurinko paistaa. Talvella monet iäkkäät ihmiset eivät saa sitä"
    " tarpeeksi, ja silloin lisä voi olla hyödyllinen. Keskustele lääkärin kanssa ennen kuin otat tabletteja, sillä"
    " liian suuri annos on vaarallinen ja voi vahingoittaa munuaisia.",
    "Polish": "Witamina D powstaje w skórze pod wpływem słońca. Zimą wiele starszych osób nie ma jej dość i dlatego"
    " tabletki mogą być przydatne. Przed ich przyjęciem należy porozmawiać z lekarzem, ponieważ zbyt duża dawka jest"
    " niebezpieczna dla nerek i nie pomaga.",
    "Czech or Slovak": "Vitamin D vzniká v kůži, když svítí slunce. V zimě ho mnoho starších lidí nemá dost, a proto"
    " mohou být tablety užitečné. Než je začnete brát, promluvte si se svým lékařem, protože příliš vysoká dávka je"
    " nebezpečná pro ledviny a může se stát i jedem.",
    "Hungarian": "A D-vitamin a bőrben képződik, ha süt a nap. Télen sok idős embernek nincs belőle elég, ezért a"
    " tabletta hasznos lehet. Beszéljen az orvosával, mielőtt szedni kezdi, mert a túl nagy adag veszélyes a vesére, és"
    " az sem jó, ha valaki egy évig szedi.",
    "Romanian": "Vitamina D este produsă în piele sub acțiunea soarelui. Iarna, mulți oameni în vârstă nu au destulă și"
    " un supliment poate fi util. Vorbiți cu medicul înainte de a lua comprimate, pentru că o doză prea mare este"
    " periculoasă pentru rinichi și nu ajută.",
    "Turkish": "D vitamini güneş ışığı ile deride oluşur. Kışın birçok yaşlı insanda yeterli değildir ve bu durumda bir"
    " takviye yararlı olabilir. Tablet almadan önce doktorunuzla konuşun, çünkü çok yüksek bir doz böbrekler için"
    " tehlikelidir ve daha iyi bir etki de göstermez.",
    "Indonesian or Malay": "Vitamin D dibuat di kulit dengan bantuan sinar matahari. Pada musim dingin banyak orang tua"
    " tidak mendapat cukup dan suplemen dapat berguna. Bicaralah dengan dokter anda sebelum minum tablet, karena dosis"
    " yang terlalu tinggi adalah berbahaya untuk ginjal.",
    "Vietnamese": "Vitamin D được tạo ra trong da khi có ánh nắng. Vào mùa đông nhiều người già không có đủ và một viên"
    " bổ sung có thể có ích. Hãy nói với bác sĩ của bạn trước khi uống thuốc, vì liều quá cao là nguy hiểm cho thận.",
    "Chinese": "维生素D由皮肤在阳光下产生。"
    "冬天很多老年人缺乏维生素D,这时补充剂可能有用。服药前请先咨询医生,因为剂量过高会损害肾脏。",
    "Japanese": "ビタミンDは日光を浴びると皮膚で作られます。"
    "冬には多くの高齢者で不足するため、サプリメントが役に立つことがあります。服用する前に医師に相談してください。",
    "Korean": "비타민 D는 햇빛을 받으면 피부에서 만들어집니다. "
    "겨울에는 많은 노인에게 부족하므로 보충제가 도움이 될 수 있습니다. 복용하기 전에 의사와 상의하십시오.",
    "Greek": "Η βιταμίνη D παράγεται στο δέρμα με το φως του ήλιου. Τον χειμώνα πολλοί ηλικιωμένοι δεν έχουν αρκετή.",
    "Hebrew": "ויטמין D נוצר בעור בהשפעת אור השמש. בחורף לאנשים מבוגרים רבים אין מספיק ממנו ותוסף יכול להועיל.",
    "Thai": "วิตามินดีสร้างขึ้นที่ผิวหนังเมื่อได้รับแสงแดด ในฤดูหนาวผู้สูงอายุจำนวนมากได้รับไม่เพียงพอ",
    "a language in Cyrillic script": "Витамин D образуется в коже под действием солнечного света. Зимой многим пожилым"
    " людям его не хватает, и тогда добавка может быть полезна.",
    "a language in Arabic script": "يتكون فيتامين د في الجلد عند التعرض لأشعة الشمس. وفي الشتاء لا يحصل كثير من كبار"
    " السن على ما يكفي منه.",
    "a language in Devanagari script": "विटामिन डी धूप में त्वचा में बनता है। सर्दियों में कई बुजुर्गों को यह पर्याप्त नहीं मिलता।",
}
ENGLISH = {
    "drugs": "Ibuprofen, naproxen, diclofenac, celecoxib, etoricoxib, indomethacin, ketoprofen, meloxicam, piroxicam,"
    " tenoxicam, aspirin, paracetamol, codeine, tramadol, morphine, oxycodone, fentanyl, methadone, buprenorphine,"
    " tapentadol, hydromorphone, gabapentin, pregabalin, duloxetine, amitriptyline, nortriptyline, venlafaxine,"
    " carbamazepine, lidocaine, capsaicin, ketamine, baclofen.",
    "with French names": "La Roche-Posay and Avène are sold in France; the label of La Roche-Posay says 'pour les peaux"
    " sensibles et les bébés'. A doctor at the Hôpital de la Pitié-Salpêtrière told us that the creams are as good as"
    " any other, and that the price is no sign of quality. Ask in a pharmacy before you buy one of them.",
    "headlines": "Vitamin D Deficiency Signs Symptoms Causes Treatment Foods Supplements Dosage Sunlight Winter Bones"
    " Muscles Immune System Children Adults Pregnancy Older Adults Kidney Disease Toxicity Overdose Testing Costs"
    " Insurance Coverage Contact Telephone Opening Hours Directions Parking",
    "with a Chinese title": "针灸与疼痛 acupuncture is an old practice, and what it does for pain is not clear. In some"
    " trials people who had it felt better than people on a waiting list, but not better than people who had sham"
    " needles. 针灸 针灸 针灸 means acupuncture.",
    "with Chinese terms": "Acupuncture points have Chinese names. 合谷穴位"
    " 曲池穴位 足三里穴 三阴交穴 太冲穴位 内关穴位 外关穴位 and 百会穴位"
    " are the ones that most trials of pain have used. The names say where the point is, or what it was thought to do.",
    "half English, half German": OTHERS["German"]
    + " Many people have too little vitamin D in winter. The skin makes it"
    " when the sun shines. Whether tablets help depends on diet and age. Ask a doctor before you take any.",
    "short German": "Der Arzt sagt, das ist nicht gut für die Nieren.",
}


def told(text: str, name: str = "a.txt") -> str | None:
    return language(parse(Source(name, text)))


@pytest.mark.parametrize("name", OTHERS)
def test_other_languages_are_named(name: str) -> None:
    assert told(OTHERS[name]) == name


@pytest.mark.parametrize("name", ENGLISH)
def test_english_and_short_texts_are_not(name: str) -> None:
    assert told(ENGLISH[name]) is None


@pytest.mark.parametrize("path", sorted((HERE / "articles").glob("*.txt")), ids=lambda path: path.name[:3])
def test_the_source_articles_are_english(path: Path) -> None:
    assert told(path.read_bytes().decode()) is None


def test_the_examples_of_the_rules_are_english() -> None:
    texts = [example.text for rule in builtin_rules() for example in rule.examples]
    assert [text for text in texts if told(text, "a.md")] == []


def test_only_the_prose_counts() -> None:
    quotation = OTHERS["German"] + "\n\n"
    english = "The word list below is for readers in Germany. Ask a nurse if you are not sure what it says.\n\n"
    markdown = f"# Notes\n\n{english * 3}## References\n\n{quotation * 9}"
    assert told(markdown, "a.md") is None
