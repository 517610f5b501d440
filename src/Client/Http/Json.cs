using System.Text.Json.Serialization;

namespace GuestSessions.Client;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ResultBody))]
[JsonSerializable(typeof(AnswerBody))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(IdentifiersBody))]
internal sealed partial class AnswerJson : JsonSerializerContext;
