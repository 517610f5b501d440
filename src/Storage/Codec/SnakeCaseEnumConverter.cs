using System.Text.Json;
using System.Text.Json.Serialization;

namespace GuestSessions.Storage.Codec;

/// <summary>
/// Stores an enum by its snake_case name, so that its members may be reordered but not renamed.
/// </summary>
internal sealed class SnakeCaseEnumConverter<T>()
    : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
