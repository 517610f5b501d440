namespace GuestSessions.Core.Events;

/// <summary>
/// A place in a request. Its JSON Pointer is written only where something is reported about it, which most events give no
/// reason for.
/// </summary>
internal readonly struct Place
{
    private const int NoItem = -1;

    private readonly string _parent;
    private readonly string? _name;
    private readonly int _item;

    /// <summary>A member of an object.</summary>
    public Place(string parent, string name) => (_parent, _name, _item) = (parent, name, NoItem);

    /// <summary>An item of an array, from 0.</summary>
    public Place(string parent, int item) => (_parent, _item) = (parent, item);

    private Place(string pointer) => (_parent, _item) = (pointer, NoItem);

    public static implicit operator Place(string pointer) => new(pointer);

    /// <summary>The pointer of a member of what is there.</summary>
    public string Then(string name) => JsonPointer.To(ToString(), name);

    public override string ToString() => _name is not null ? JsonPointer.To(_parent, _name)
        : _item != NoItem ? JsonPointer.To(_parent, _item)
        : _parent;
}
