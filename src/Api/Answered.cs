using GuestSessions.Api.Errors;
using Microsoft.AspNetCore.Http;

namespace GuestSessions.Api;

/// <summary>
/// What an application service answers: a value or a refusal. An endpoint returns it as it is; the console shows it to a
/// person.
/// </summary>
internal sealed class Answered<T> : IResult, IStatusCodeHttpResult
    where T : class
{
    private readonly JsonAnswer<T>? _answer;

    private Answered(JsonAnswer<T>? answer, Refusal? refused) => (_answer, Refused) = (answer, refused);

    /// <summary>Null when it was refused.</summary>
    public T? Value => _answer?.Value;

    /// <summary>Null when there is a value.</summary>
    public Refusal? Refused { get; }

    public int? StatusCode => Refused is null ? _answer!.StatusCode : Refused.StatusCode;

    public Task ExecuteAsync(HttpContext httpContext) =>
        Refused is null ? _answer!.ExecuteAsync(httpContext) : Refused.ExecuteAsync(httpContext);

    public static implicit operator Answered<T>(JsonAnswer<T> answer) => new(answer, null);

    public static implicit operator Answered<T>(Refusal refused) => new(null, refused);
}
