using System.Collections.Frozen;
using System.Text;

namespace GuestSessions.Core.Events;

/// <summary>
/// Text in Unicode's form C, for Latin, Greek and Cyrillic letters: a letter and its marks as one character where there is one.
/// The service runs with invariant globalization, in which the runtime leaves every text as it is.
/// </summary>
/// <remarks>Source: UnicodeData.txt, the canonical decompositions that are not excluded from composition.</remarks>
internal static class ComposedText
{
    // Each mark with its combining class, and pairs of a letter and what it is with the mark.
    private static readonly (char Mark, int Class, string Pairs)[] Marks =
    [
        ('\u0327', 202, "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ"),
        ('\u0328', 202, "AĄaąEĘeęIĮiįUŲuųOǪoǫ"),
        ('\u031B', 216, "OƠoơUƯuư"),
        ('\u0323', 220, "BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưựYỴyỵ"),
        ('\u0324', 220, "UṲuṳ"),
        ('\u0325', 220, "AḀaḁ"),
        ('\u0326', 220, "SȘsșTȚtț"),
        ('\u032D', 220, "DḒdḓEḘeḙLḼlḽNṊnṋTṰtṱUṶuṷ"),
        ('\u032E', 220, "HḪhḫ"),
        ('\u0330', 220, "EḚeḛIḬiḭUṴuṵ"),
        ('\u0331', 220, "BḆbḇDḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ"),
        ('\u0300', 230, "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳЕЀИЍеѐиѝ"),
        ('\u0301', 230, "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿÇḈçḉĒḖēḗÏḮïḯKḰkḱ"
            + "MḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắÊẾêếÔỐôốƠỚơớƯỨưứ¨΅ΑΆΕΈΗΉΙΊΟΌΥΎΩΏϊΐαάεέηήιίϋΰοόυύωώϒϓ"
            + "ГЃКЌгѓкќ"),
        ('\u0302', 230, "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ"),
        ('\u0303', 230, "AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ"),
        ('\u0304', 230, "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳGḠgḡḶḸḷḹṚṜṛṝИӢиӣУӮуӯ"),
        ('\u0306', 230, "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭȨḜȩḝẠẶạặУЎИЙийуўЖӁжӂАӐаӑЕӖеӗ"),
        ('\u0307', 230, "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆwẇXẊ"
            + "xẋYẎyẏſẛ"),
        ('\u0308', 230, "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸHḦhḧÕṎõṏŪṺūṻWẄwẅXẌxẍtẗΙΪΥΫιϊυϋϒϔЕЁІЇеёіїАӒаӓӘӚәӛЖӜжӝЗӞзӟИӤиӥ"
            + "ОӦоӧӨӪөӫЭӬэӭУӰуӱЧӴчӵЫӸыӹ"),
        ('\u0309', 230, "AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ"),
        ('\u030A', 230, "AÅaåUŮuůwẘyẙ"),
        ('\u030B', 230, "OŐoőUŰuűУӲуӳ"),
        ('\u030C', 230, "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ"),
        ('\u030F', 230, "AȀaȁEȄeȅIȈiȉOȌoȍRȐrȑUȔuȕѴѶѵѷ"),
        ('\u0311', 230, "AȂaȃEȆeȇIȊiȋOȎoȏRȒrȓUȖuȗ"),
    ];

    private static readonly FrozenDictionary<char, int> Classes =
        Marks.ToFrozenDictionary(static mark => mark.Mark, static mark => mark.Class);

    private static readonly FrozenDictionary<(char Letter, char Mark), char> Composed = (
        from mark in Marks
        from pair in mark.Pairs.Chunk(2)
        select ((pair[0], mark.Mark), pair[1])).ToFrozenDictionary(static pair => pair.Item1, static pair => pair.Item2);

    private static readonly FrozenDictionary<char, (char Letter, char Mark)> Decomposed =
        Composed.ToFrozenDictionary(static pair => pair.Value, static pair => pair.Key);

    /// <summary>The same text; the same instance where it has no marks of their own.</summary>
    public static string Of(string text)
    {
        if (Ascii.IsValid(text) || !text.Any(Classes.ContainsKey))
            return text;
        var composed = new StringBuilder(text.Length);
        var marks = new List<char>();
        for (var at = 0; at < text.Length;)
        {
            var letter = Take(text[at++], marks);
            while (at < text.Length && Classes.ContainsKey(text[at]))
                marks.Add(text[at++]);
            Append(letter, marks, composed);
            marks.Clear();
        }

        return composed.ToString();
    }

    /// <summary>The letter of a character; its own marks come before those that follow it.</summary>
    private static char Take(char character, List<char> marks)
    {
        while (Decomposed.TryGetValue(character, out var parts))
        {
            marks.Insert(0, parts.Mark);
            character = parts.Letter;
        }

        return character;
    }

    // Marks on different sides of a letter have no order of their own; of those on one side, the first is the nearest.
    private static void Append(char letter, List<char> marks, StringBuilder composed)
    {
        var start = composed.Length;
        var blocked = 0;
        composed.Append(letter);
        foreach (var mark in marks.OrderBy(static mark => Classes[mark]))
        {
            if (Classes[mark] != blocked && Composed.TryGetValue((composed[start], mark), out var whole))
                composed[start] = whole;
            else
            {
                composed.Append(mark);
                blocked = Classes[mark];
            }
        }
    }
}
