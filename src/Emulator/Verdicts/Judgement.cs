using System.Text.Json;

namespace GuestSessions.Emulator.Verdicts;

/// <summary>An event under judgement, and what was found so far.</summary>
internal sealed class Judgement(EventMessage message)
{
    // More would tell nothing new.
    private const int MostFindings = 32;
    private const int ShownLength = 60;

    private readonly List<Finding> _findings = [];

    public JsonElement Json => message.Json;
    public string Type => message.Type!;

    public IReadOnlyList<Finding> Findings => _findings;

    public Verdict Verdict { get; private set; }

    /// <summary>The code of what weighs most; null for a good event.</summary>
    public string? Reason => Verdict == Verdict.Good ? null : _findings.Find(f => f.Verdict == Verdict)!.Code;

    public void Swallowed(string code, string path, string detail) =>
        Add(new Finding(Verdict.Swallowed, code, path, detail, Basis.Documented));

    public void Misread(string code, string path, string detail, Basis basis = Basis.Documented) =>
        Add(new Finding(Verdict.Misread, code, path, detail, basis));

    /// <summary>Says something that takes nothing away.</summary>
    public void Remark(string code, string path, string detail, Basis basis = Basis.Documented) =>
        Add(new Finding(Verdict.Good, code, path, detail, basis));

    /// <summary>A value as it may stand in a sentence.</summary>
    public static string Show(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= ShownLength ? text : text[..ShownLength] + "…";
    }

    private void Add(Finding finding)
    {
        if (finding.Verdict > Verdict)
            Verdict = finding.Verdict;
        else if (_findings.Count >= MostFindings)
            return;
        _findings.Add(finding);
    }
}
