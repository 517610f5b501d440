using System.Collections;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GuestSessions.Core.Options;

namespace GuestSessions.ServiceDefaults.Options;

/// <summary>
/// Writes settings as they are in force, defaults included, in the form of <c>appsettings.json</c>. An option that is marked
/// <see cref="SecretAttribute"/> is hidden; of a connection string, what says where it leads stays.
/// </summary>
internal static class SettingsText
{
    public const string Hidden = "(hidden)";

    private static readonly string[] ShownOfConnections =
        ["Host", "Server", "Port", "Database", "Username", "User Id", "Data Source", "Search Path", "SSL Mode"];

    private static readonly JsonWriterOptions Form = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="environment">The environment that the host runs in, like <c>Production</c>.</param>
    /// <param name="urls">Where it listens, separated by semicolons.</param>
    public static string Write(string environment, string urls, ServiceOptions options)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Form))
        {
            json.WriteStartObject();
            json.WriteString("Environment", environment);
            json.WriteString("Urls", urls);
            json.WritePropertyName(SessionsOptions.Section);
            WriteSection(json, options);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteSection(Utf8JsonWriter json, object section)
    {
        json.WriteStartObject();
        foreach (var option in OptionTypes.OptionsOf(section.GetType()))
        {
            json.WritePropertyName(option.Name);
            var value = option.GetValue(section);
            if (value is string secret && option.IsDefined(typeof(SecretAttribute)))
                json.WriteStringValue(option.Name == nameof(StorageOptions.ConnectionString) ? WithoutSecrets(secret) : Hide(secret));
            else
                WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case IDictionary entries:
                json.WriteStartObject();
                foreach (DictionaryEntry entry in entries)
                {
                    json.WritePropertyName((string)entry.Key);
                    WriteValue(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            case IList items:
                json.WriteStartArray();
                foreach (var item in items)
                    WriteValue(json, item);
                json.WriteEndArray();
                break;
            case not null when OptionTypes.IsSection(value.GetType()):
                WriteSection(json, value);
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture)); // A duration, or a name of an enumeration.
                break;
        }
    }

    private static string Hide(string value) => value.Length == 0 ? value : Hidden;

    private static string WithoutSecrets(string value)
    {
        if (value.Length == 0)
            return value;
        try
        {
            var connection = new DbConnectionStringBuilder { ConnectionString = value };
            foreach (var key in connection.Keys.Cast<string>().ToList())
            {
                if (!ShownOfConnections.Contains(key, StringComparer.OrdinalIgnoreCase))
                    connection[key] = Hidden;
            }

            return connection.ConnectionString;
        }
        catch (ArgumentException)
        {
            return Hidden; // It is no connection string.
        }
    }
}
