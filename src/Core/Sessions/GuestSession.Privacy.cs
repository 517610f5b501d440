namespace GuestSessions.Core.Sessions;

public sealed partial class GuestSession
{
    private List<long>? _blanking;

    /// <summary>Who denied the guest's consent, and when; null while it is granted.</summary>
    public PersonAct? ConsentDenied { get; private set; }

    /// <summary>Blanked events whose body may still be in commits.</summary>
    public IReadOnlyList<long> Blanking => _blanking ?? [];

    private void Apply(EventDropped dropped) => Line.Remove(dropped.Sequence);

    private void Apply(EventBlanked blanked)
    {
        if (Line.Find(blanked.Sequence) is not null)
            Line.Remove(blanked.Sequence);
        else if (SetAside.Find(blanked.Sequence) is not null)
            SetAside.Remove(blanked.Sequence);
        Dedup.Blank(blanked.Sequence);

        // They may come from the event. The next event with a page sets them anew.
        Sessions.ForgetPages();
        if (_blanking?.Contains(blanked.Sequence) is not true)
            (_blanking ??= []).Add(blanked.Sequence);
    }

    private void Apply(BlankingEnded ended)
    {
        _blanking?.Remove(ended.Sequence);
        if (_blanking?.Count == 0)
            _blanking = null;
    }
}
