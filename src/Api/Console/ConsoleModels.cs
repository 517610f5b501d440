using GuestSessions.Api.Errors;
using GuestSessions.Api.Guests;
using GuestSessions.Api.Lists;
using GuestSessions.Api.Operations;
using GuestSessions.Api.Rejections;

namespace GuestSessions.Api.Console;

/// <param name="To">Where to go afterwards; null for the first page.</param>
public sealed record SignInModel(bool HasPersonas, IReadOnlyList<string> Tenants, string? To)
{
    public bool HasProvider { get; init; }

    /// <summary>Whether the provider has answered since this host started.</summary>
    public bool ProviderAnswers { get; init; }
}

/// <param name="Sentence">Why, for the person.</param>
/// <param name="Id">Under which the log has the cause.</param>
public sealed record NotSignedInModel(string Sentence, string Id);

/// <param name="Contact">Whom to ask; empty where nobody is named.</param>
public sealed record NoRoleModel(string Name, string Contact);

/// <param name="To">Where to go afterwards; null for the first page.</param>
public sealed record ChooseTenantModel(IReadOnlyList<string> Tenants, string? To);

/// <param name="Text">What was looked for; null before.</param>
/// <param name="Refused">Why it cannot be looked for.</param>
public sealed record FindModel(string? Text, SearchAnswer? Answer, string? Refused);

/// <param name="Filters">Those of the timeline.</param>
/// <param name="Open">The event that is open in its row; null for none.</param>
public sealed record GuestModel(GuestBody Guest, ItemList<EventItem> Timeline, ConsoleQuery Filters, EventBody? Open);

public sealed record EventModel(string Guest, EventBody Event);

/// <param name="Event">The whole event, if its row is open.</param>
public sealed record RowModel(string Guest, EventItem Item, EventBody? Event, ConsoleQuery Filters);

public sealed record AsideModel(AsideGroupsBody Quarantine, AsideGroupsBody InDoubt);

/// <param name="Example">The first event of the list, for the upstream's answer; null where the list is empty.</param>
public sealed record AsideGroupModel(
    bool InDoubt, ConsoleQuery Filters, ItemList<AsideBody> Events, string? ExampleGuest, EventBody? Example);

/// <param name="Key">Of the operation that the form begins, so that sending it twice begins one.</param>
public sealed record PlanModel(BulkKind Kind, BulkPlanBody Plan, string? Type, string? Code, string Key);

public sealed record OperationsModel(ItemList<OperationBody> Operations, ConsoleQuery Filters);

public sealed record OperationModel(OperationBody Operation, ItemList<OperationItemBody> Items, ConsoleQuery Filters);

/// <param name="Operations">Erasures and exports among the latest operations.</param>
/// <param name="Key">Of the erasure that the form begins, so that sending it twice begins one.</param>
public sealed record PrivacyModel(IReadOnlyList<OperationBody> Operations, string Key);

public sealed record AuditModel(ItemList<AuditBody> Acts, ConsoleQuery Filters);

/// <param name="Hot">Guests with the longest lines.</param>
/// <param name="Rejections">The latest rejections.</param>
/// <param name="History">Null where it cannot be read.</param>
public sealed record HealthModel(
    DeliveryHealthBody Health, AsideGroupsBody Quarantine, AsideGroupsBody InDoubt, IReadOnlyList<BacklogBody> Hot,
    IReadOnlyList<BacklogBody> Waiting, IReadOnlyList<RejectionItem> Rejections, HistoryModel? History);

/// <param name="Code">The stable code of the problem; null where it has none.</param>
/// <param name="Rejections">What was rejected under the id that was not found.</param>
public sealed record ProblemModel(
    string Title, string? Detail, string? Code, IReadOnlyList<RejectionItem> Rejections)
{
    /// <summary>What the fields of a form lack.</summary>
    public IReadOnlyList<ErrorBody> Errors { get; init; } = [];

    internal static ProblemModel Of(Problem problem) => new(
        problem.Status switch
        {
            404 => "There is no such thing here",
            410 => "It is gone",
            409 => "Somebody or something was faster",
            422 or 400 => "That cannot be done like this",
            429 when problem.Code == "reveal_quota" => "You have revealed enough for now",
            503 or 429 => "The service is busy",
            _ => "Something went wrong",
        },
        problem.Detail, problem.Code, problem.Rejections ?? [])
    {
        Errors = problem.Errors ?? [],
    };
}
