using System.Text;

namespace GuestSessions.Core.Events.Rules;

/// <summary>What the Stream API expects of one attribute.</summary>
/// <param name="Name">The wire name; one that ends in <c>*</c> stands for every name that begins so.</param>
/// <param name="Shape">Its JSON type.</param>
/// <param name="Source">A key of <see cref="Rules.Source.Addresses"/>.</param>
public sealed record AttributeRule(string Name, AttributeShape Shape, string Source)
{
    /// <summary>An event without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>It is required where another attribute of the same object says so.</summary>
    public Condition? RequiredWhen { get; init; }

    /// <summary>An event without it is taken with a warning where another attribute says so.</summary>
    public Condition? AdvisedWhen { get; init; }

    /// <summary>The form of its text; null takes any.</summary>
    public TextForm? Form { get; init; }

    /// <summary>The rules of its members, or of the members of each of its items.</summary>
    public IReadOnlyList<AttributeRule> Members { get; init; } = [];

    /// <summary>A lower number is taken with a warning: the upstream would sum it up all the same.</summary>
    public double? AtLeast { get; init; }

    /// <summary>A number that is not higher is taken with a warning.</summary>
    public double? MoreThan { get; init; }

    /// <summary>Items beyond that many the upstream forgets; null where nothing is known of a limit.</summary>
    public int? ItemsKept { get; init; }

    /// <summary>
    /// The spelling is documented. Where it is not, or was only seen in traffic, what is wrong is a warning:
    /// a rule that may be mistaken must not cost an event.
    /// </summary>
    public bool Firm { get; init; } = true;

    /// <summary>Its form in words; completes "Expected …".</summary>
    public string Expected => Form?.Expected ?? ShapeName;

    internal byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name.TrimEnd('*'));

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
