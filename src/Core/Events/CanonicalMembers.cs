using System.Buffers;

namespace GuestSessions.Core.Events;

/// <summary>A member that was written: its quoted name, a colon and its value.</summary>
internal readonly record struct CanonicalMember(int Start, int NameLength, int Length, bool IsEscaped);

/// <summary>The members of the objects that are being written, those of the innermost one last.</summary>
internal ref struct CanonicalMembers(byte[] output, Span<CanonicalMember> first)
{
    /// <summary>Up to this number, sorting by insertion allocates nothing and is as quick.</summary>
    private const int Few = 32;

    private Span<CanonicalMember> _members = first;
    private CanonicalMember[]? _pooled;

    public int Count { get; private set; }

    /// <summary>Whether an object had two members of one name.</summary>
    public bool HaveRepeatedNames { get; private set; }

    public void Add(CanonicalMember member)
    {
        if (Count == _members.Length)
            Grow();
        _members[Count++] = member;
    }

    /// <summary>Sorts the members of an object by their names where they are written, and forgets them.</summary>
    /// <param name="from">The number of members before those of the object.</param>
    public void PutInOrder(int from)
    {
        var members = _members[from..Count];
        Count = from;
        if (IsInOrder(members))
            return;

        var (start, end) = (members[0].Start, members[^1].Start + members[^1].Length);
        Sort(members);
        var sorted = ArrayPool<byte>.Shared.Rent(end - start);
        var length = 0;
        for (var at = 0; at < members.Length; at++)
        {
            var member = members[at];
            if (at > 0)
            {
                HaveRepeatedNames |= Compare(output, members[at - 1], member) == 0;
                sorted[length++] = (byte)',';
            }

            output.AsSpan(member.Start, member.Length).CopyTo(sorted.AsSpan(length));
            length += member.Length;
        }

        sorted.AsSpan(0, length).CopyTo(output.AsSpan(start));
        ArrayPool<byte>.Shared.Return(sorted);
    }

    public readonly void Dispose()
    {
        if (_pooled is not null)
            ArrayPool<CanonicalMember>.Shared.Return(_pooled);
    }

    private readonly bool IsInOrder(Span<CanonicalMember> members)
    {
        for (var at = 1; at < members.Length; at++)
        {
            if (Compare(output, members[at - 1], members[at]) >= 0)
                return false;
        }

        return true;
    }

    private readonly void Sort(Span<CanonicalMember> members)
    {
        if (members.Length > Few)
        {
            var written = output;
            members.Sort((one, other) => Compare(written, one, other));
            return;
        }

        for (var at = 1; at < members.Length; at++)
        {
            var member = members[at];
            var to = at;
            for (; to > 0 && Compare(output, members[to - 1], member) > 0; to--)
                members[to] = members[to - 1];
            members[to] = member;
        }
    }

    private static int Compare(byte[] output, CanonicalMember one, CanonicalMember other)
    {
        var name = output.AsSpan(one.Start + 1, one.NameLength - 2);
        var otherName = output.AsSpan(other.Start + 1, other.NameLength - 2);
        return one.IsEscaped || other.IsEscaped
            ? CanonicalEscape.Compare(name, otherName)
            : name.SequenceCompareTo(otherName);
    }

    private void Grow()
    {
        var larger = ArrayPool<CanonicalMember>.Shared.Rent(_members.Length * 2);
        _members.CopyTo(larger);
        Dispose();
        _members = _pooled = larger;
    }
}
