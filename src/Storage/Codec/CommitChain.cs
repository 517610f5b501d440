using GuestSessions.Core.Guests;
using GuestSessions.Core.Journal;

namespace GuestSessions.Storage.Codec;

/// <summary>Checks that no commit of a guest is missing, except those that a snapshot covers.</summary>
/// <param name="afterVersion">The version before the first commit.</param>
internal sealed class CommitChain(GuestKey guest, long afterVersion)
{
    private long _next = afterVersion + 1;
    private long _read;

    /// <summary>Reads the commits of the next row. Those that were read before are left out.</summary>
    /// <param name="covered">The version up to which a snapshot covers commits.</param>
    public IReadOnlyList<JournalCommit> Read(StoredRow row, long covered) =>
        Next(JournalCodec.Decode(guest, row), covered);

    /// <summary>Reads the commits that the head keeps, which follow those of the last row.</summary>
    public IReadOnlyList<JournalCommit> Read(long head, StoredKept kept, long covered) =>
        kept.Payload.Length == 0 ? [] : Next(JournalCodec.Decode(guest, head, kept), covered);

    /// <summary>Called after the last commit: the head must be exactly at the last commit.</summary>
    public void End(long head, long covered)
    {
        ExpectNoneBefore(head + 1, covered);
        var known = Math.Max(_read, covered);
        if (known > head)
            throw Corrupt($"reaches version {known}, but its head is at {head}");
    }

    /// <summary>Called after the last commit of a span that ends before the head.</summary>
    public void EndAt(long version, long covered) => ExpectNoneBefore(version + 1, covered);

    private IReadOnlyList<JournalCommit> Next(IReadOnlyList<JournalCommit> commits, long covered)
    {
        ExpectNoneBefore(commits[0].Version, covered);
        var unread = commits[0].Version >= _next
            ? commits
            : [.. commits.Where(commit => commit.Version >= _next)];
        _read = commits[^1].Version;
        _next = Math.Max(_next, _read + 1);
        return unread;
    }

    private void ExpectNoneBefore(long version, long covered)
    {
        if (version > _next && version > covered + 1)
            throw Corrupt($"lacks version {Math.Max(_next, covered + 1)}");
    }

    private JournalCorruptException Corrupt(string what) =>
        new($"The journal of guest {guest.HashText} {what}.");
}
