using System.Text.Json;
using GuestSessions.Emulator.Effects;

namespace GuestSessions.Emulator.Rules;

/// <summary>What the vendor says about one attribute of an event type.</summary>
/// <param name="Path">Members joined by dots; <c>[]</c> after a list stands for each of its items.</param>
internal sealed record EventAttribute(string Path, Shape Shape, Need Need = Need.Optional)
{
    /// <summary>The only allowed values; null for any.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    public TextFormat? Format { get; init; }

    /// <summary>When the attribute applies; null for always.</summary>
    public Func<JsonElement, bool>? When { get; init; }

    public Basis Basis { get; init; } = Basis.Documented;
}

internal enum Shape
{
    Text,
    Number,
    WholeNumber,
    Members,
    List,
}

internal enum Need
{
    Optional,

    /// <summary>One page of the vendor requires it, another does not.</summary>
    Expected,

    Required,
}
