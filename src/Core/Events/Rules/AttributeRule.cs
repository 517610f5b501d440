using System.Text;

namespace GuestSessions.Core.Events.Rules;

/// <summary>What the Stream API expects of one attribute.</summary>
/// <param name="Name">The wire name; one that ends in <c>*</c> stands for every name with that prefix.</param>
/// <param name="Shape">Its JSON type.</param>
/// <param name="Source">A key of <see cref="Rules.Source.Addresses"/>.</param>
public sealed record AttributeRule(string Name, AttributeShape Shape, string Source)
{
    /// <summary>An event without it is rejected.</summary>
    public bool Required { get; init; }

    /// <summary>It is required if another attribute of the same object has this value.</summary>
    public Condition? RequiredWhen { get; init; }

    /// <summary>An event without it gets a warning if another attribute has this value.</summary>
    public Condition? AdvisedWhen { get; init; }

    /// <summary>The form of its text; null accepts any text.</summary>
    public TextForm? Form { get; init; }

    /// <summary>The rules of its members, or of the members of each of its items.</summary>
    public IReadOnlyList<AttributeRule> Members { get; init; } = [];

    /// <summary>A lower number gets a warning: the upstream would still add it up.</summary>
    public double? AtLeast { get; init; }

    /// <summary>A number that is not higher gets a warning.</summary>
    public double? MoreThan { get; init; }

    /// <summary>Number of items that the upstream keeps; null if no limit is known.</summary>
    public int? ItemsKept { get; init; }

    /// <summary>
    /// A violation is an error. Set it to false where no page spells the name, or it was only seen in traffic: then a
    /// violation is a warning, because a rule that may be wrong must not cost an event.
    /// </summary>
    public bool Enforced { get; init; } = true;

    /// <summary>Its form in words; completes "Expected …".</summary>
    public string Expected => Form?.Expected ?? ShapeName;

    internal const string AnyObject = "{…}";

    /// <summary>An object in the place of which a text came; null where texts are meant.</summary>
    internal string? Example => Shape switch
    {
        AttributeShape.TextList => null,
        AttributeShape.NestedList when Members.Where(static member => member.Required).ToArray() is { Length: > 0 } required
            => $"{{{string.Join(',', required.Select(static member => $"\"{member.Name}\":\"…\""))}}}",
        _ => AnyObject,
    };

    internal byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name.TrimEnd('*'));

    /// <summary>Its place if it is an attribute of the event itself.</summary>
    internal string PointerInEvent { get; } = JsonPointer.To(EventReader.Path, Name);

    internal bool IsFamily { get; } = Name.EndsWith('*');

    internal string ShapeName => Shape switch
    {
        AttributeShape.Text => "a string",
        AttributeShape.Number => "a number",
        AttributeShape.WholeNumber => "a whole number",
        AttributeShape.Nested => "an object",
        AttributeShape.TextList => "an array of strings",
        AttributeShape.NestedList or AttributeShape.Extensions => "an array of objects",
        _ => "a value",
    };
}

/// <summary>Another attribute of the same object has a value, compared without case.</summary>
public sealed record Condition(string Attribute, string Value)
{
    internal byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Attribute);
}
