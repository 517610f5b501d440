namespace GuestSessions.Core.Events.Rules;

/// <summary>The JSON an attribute is made of.</summary>
public enum AttributeShape
{
    /// <summary>A string.</summary>
    Text,

    Number,

    /// <summary>A number without a fraction.</summary>
    WholeNumber,

    /// <summary>An object.</summary>
    Nested,

    /// <summary>An array of objects.</summary>
    NestedList,

    /// <summary>An array of strings.</summary>
    TextList,

    /// <summary>An array of <c>{"name":"ext","key":"default", …}</c> with scalars beside.</summary>
    Extensions,

    /// <summary>Checked where <c>ext</c>, <c>session_data</c> and <c>identifiers</c> are read.</summary>
    Special,

    /// <summary>Any value passes through.</summary>
    Any,
}
