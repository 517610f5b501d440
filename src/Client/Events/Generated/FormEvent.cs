// Written from the service's rules by EventClassTests. Do not edit.
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuestSessions.Client;

/// <summary>An event of the type <c>FORM</c>.</summary>
/// <remarks>Source: npm @sitecore/engage 1.4.3, as sent.</remarks>
public sealed class FormEvent : GuestEvent
{
    /// <summary>Takes what every such event has.</summary>
    /// <param name="formId">A string that is not empty.</param>
    /// <param name="interactionType">One of VIEWED, SUBMITTED.</param>
    public FormEvent(string formId, string interactionType) : base("FORM")
    {
        FormId = formId;
        InteractionType = interactionType;
    }

    /// <summary><c>ext.formId</c>: A string that is not empty.</summary>
    [JsonIgnore]
    public string FormId
    {
        get => (string?)Ext["formId"] ?? "";
        set => Ext["formId"] = value;
    }

    /// <summary><c>ext.interactionType</c>: One of VIEWED, SUBMITTED.</summary>
    [JsonIgnore]
    public string InteractionType
    {
        get => (string?)Ext["interactionType"] ?? "";
        set => Ext["interactionType"] = value;
    }

    /// <summary><c>ext.componentInstanceId</c>: A string.</summary>
    [JsonIgnore]
    public string? ComponentInstanceId
    {
        get => (string?)Ext["componentInstanceId"];
        set => Ext["componentInstanceId"] = value;
    }

    internal override void WriteTo(Utf8JsonWriter writer) =>
        JsonSerializer.Serialize(writer, this, EventJson.Default.FormEvent);
}
