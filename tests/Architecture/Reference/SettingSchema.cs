using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using GuestSessions.ServiceDefaults.Options;

namespace GuestSessions.Architecture.Tests.Reference;

/// <summary>The settings as a JSON Schema, so that editors complete and check <c>appsettings.json</c>.</summary>
internal static class SettingSchema
{
    private const string Duration = @"^(0|(\d{1,7}\.)?([01]?\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,7})?)$";

    private static readonly JsonSerializerOptions Form =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write() => new JsonObject
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "Settings of Guest Sessions",
        ["type"] = "object",
        ["properties"] = new JsonObject { ["Sessions"] = Section(typeof(ServiceOptions)) },
    }.ToJsonString(Form) + "\n";

    private static JsonObject Section(Type section)
    {
        var properties = new JsonObject();
        foreach (var option in section.GetProperties().Where(static option => option.CanWrite))
            properties[option.Name] = Described(option, Value(option.PropertyType, option));
        return new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
    }

    private static JsonObject Described(PropertyInfo option, JsonObject schema)
    {
        var (says, byDefault) = SettingReference.Documented(option);
        if (says.Length > 0)
            schema["description"] = byDefault.Length > 0 ? $"{says}. Default: {byDefault}." : $"{says}.";
        return schema;
    }

    private static JsonObject Value(Type declared, PropertyInfo option)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        var isNullable = type != declared || new NullabilityInfoContext().Create(option).ReadState == NullabilityState.Nullable;
        if (typeof(IDictionary).IsAssignableFrom(type))
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = Item(type.GetGenericArguments()[1]) };
        if (typeof(IList).IsAssignableFrom(type))
            return new JsonObject { ["type"] = "array", ["items"] = Item(type.GetGenericArguments()[0]) };
        var schema = Item(type);
        if (option.GetCustomAttribute<RangeAttribute>() is { Minimum: int or double } range && (string?)schema["type"] == "integer")
        {
            schema["minimum"] = Convert.ToInt64(range.Minimum, CultureInfo.InvariantCulture);
            if (range.Maximum is int most)
                schema["maximum"] = most;
        }

        if (isNullable)
            schema["type"] = new JsonArray((string)schema["type"]!, "null");
        return schema;
    }

    private static JsonObject Item(Type type) =>
        SettingReference.IsSection(type) ? Section(type)
        : type == typeof(bool) ? new JsonObject { ["type"] = "boolean" }
        : type == typeof(int) || type == typeof(long) ? new JsonObject { ["type"] = "integer" }
        : type == typeof(TimeSpan) ? new JsonObject { ["type"] = "string", ["pattern"] = Duration }
        : type.IsEnum ? new JsonObject
        {
            ["type"] = "string",
            ["enum"] = new JsonArray([.. Enum.GetNames(type).Select(static name => (JsonNode)name)]),
        }
        : new JsonObject { ["type"] = "string" };
}
