namespace GuestSessions.Core.Events;

/// <summary>
/// Gathers what is wrong with one request part, up to a bound: a caller mends twenty faults at a time, and a
/// hostile body cannot make the answer larger than itself.
/// </summary>
internal sealed class Violations
{
    /// <summary>Errors, and warnings, of one envelope.</summary>
    public const int Limit = 20;

    private List<Violation>? _errors;
    private List<Violation>? _warnings;

    public IReadOnlyList<Violation> Errors => _errors ?? (IReadOnlyList<Violation>)[];

    public IReadOnlyList<Violation> Warnings => _warnings ?? (IReadOnlyList<Violation>)[];

    public bool Any => _errors is not null;

    /// <summary>Looking further would find nothing that is still told.</summary>
    public bool Full => _errors?.Count == Limit;

    public void Error(string code, string path, string detail)
        => Add(ref _errors, new Violation(code, path, detail));

    public void Warn(string code, string path, string detail)
        => Add(ref _warnings, new Violation(code, path, detail));

    private static void Add(ref List<Violation>? list, Violation violation)
    {
        list ??= [];
        if (list.Count < Limit)
            list.Add(violation);
    }
}
