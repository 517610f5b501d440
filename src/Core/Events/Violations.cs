namespace GuestSessions.Core.Events;

/// <summary>
/// Collects the errors and warnings of one request part, up to a limit: a caller fixes twenty errors at a time, and a
/// hostile body cannot make the answer larger than itself.
/// </summary>
/// <param name="isLenient">
/// Whether the event comes from an SDK, whose caller reads no answer: an error is a warning unless the event is
/// certainly lost.
/// </param>
internal sealed class Violations(bool isLenient = false)
{
    /// <summary>Maximum number of errors, and of warnings, per envelope.</summary>
    public const int Limit = 20;

    private List<Violation>? _errors;
    private List<Violation>? _warnings;

    public bool IsLenient => isLenient;

    public IReadOnlyList<Violation> Errors => _errors ?? (IReadOnlyList<Violation>)[];

    public IReadOnlyList<Violation> Warnings => _warnings ?? (IReadOnlyList<Violation>)[];

    public bool Any => _errors is not null;

    /// <summary>The limit is reached: further errors are not reported.</summary>
    public bool Full => _errors?.Count == Limit;

    public void Error(string code, string path, string detail)
        => Note(isLenient, code, path, detail);

    /// <summary>
    /// An error for SDK events too: the upstream certainly loses the event, or the service cannot keep what it names.
    /// </summary>
    public void Fatal(string code, string path, string detail)
        => Add(ref _errors, new Violation(code, path, detail));

    public void Warn(string code, string path, string detail)
        => Add(ref _warnings, new Violation(code, path, detail));

    /// <summary>An error, or a warning if <paramref name="warnOnly"/>.</summary>
    public void Note(bool warnOnly, string code, string path, string detail)
    {
        if (warnOnly || isLenient)
            Warn(code, path, detail);
        else
            Fatal(code, path, detail);
    }

    public void Missing(string path, string expected, string advice = "")
        => Error(EventCodes.MissingAttribute, path, Absent(expected) + advice);

    /// <summary>Says that an attribute is absent, before its form: the form is not what is wrong.</summary>
    public static string Absent(string expected) => $"The attribute is absent. Expected {expected}.";

    /// <summary>A null in the place of what has to be there.</summary>
    public void Null(string path, string expected, bool warnOnly = false)
        => Note(warnOnly, EventCodes.WrongType, path, $"Expected {expected}; got null. It is required.");

    /// <summary>Takes over what was found in a part that stands elsewhere than it should.</summary>
    /// <param name="errors">What is wrong with it.</param>
    /// <param name="warnings">What is doubtful about it.</param>
    /// <param name="from">Where it should stand.</param>
    /// <param name="to">Where it stands.</param>
    public void Take(
        IReadOnlyList<Violation> errors, IReadOnlyList<Violation> warnings, string from, string to)
    {
        foreach (var error in errors)
            Add(ref _errors, error with { Path = to + error.Path[from.Length..] });
        foreach (var warning in warnings)
            Add(ref _warnings, warning with { Path = to + warning.Path[from.Length..] });
    }

    private static void Add(ref List<Violation>? list, Violation violation)
    {
        list ??= [];
        // Two rules can check one attribute; the violation is reported once.
        if (list.Count < Limit && !list.Exists(told => told.Code == violation.Code && told.Path == violation.Path))
            list.Add(violation);
    }
}
