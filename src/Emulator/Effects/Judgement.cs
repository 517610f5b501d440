using System.Text.Json;

namespace GuestSessions.Emulator.Effects;

/// <summary>An event that is being judged, and the findings so far.</summary>
internal sealed class Judgement(EventMessage message)
{
    // Maximum number of findings: further ones would not help a developer.
    private const int MostFindings = 32;
    private const int ShownLength = 60;

    private readonly List<Finding> _findings = [];

    public JsonElement Json => message.Json;
    public string Type => message.Type!;

    public IReadOnlyList<Finding> Findings => _findings;

    public Effect Effect { get; private set; }

    /// <summary>The code of the most severe finding; null for a good event.</summary>
    public string? Reason => Effect == Effect.Good ? null : _findings.Find(f => f.Effect == Effect)!.Code;

    public void Swallowed(string code, string path, string detail) =>
        Add(new Finding(Effect.Swallowed, code, path, detail, Basis.Documented));

    public void Misread(string code, string path, string detail, Basis basis = Basis.Documented) =>
        Add(new Finding(Effect.Misread, code, path, detail, basis));

    /// <summary>Adds a remark, which does not change the effect.</summary>
    public void Remark(string code, string path, string detail, Basis basis = Basis.Documented) =>
        Add(new Finding(Effect.Good, code, path, detail, basis));

    /// <summary>A value, cut for use in a sentence.</summary>
    public static string Show(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= ShownLength ? text : text[..ShownLength] + "…";
    }

    private void Add(Finding finding)
    {
        if (finding.Effect > Effect)
            Effect = finding.Effect;
        else if (_findings.Count >= MostFindings)
            return;
        _findings.Add(finding);
    }
}
