using System.ComponentModel.DataAnnotations;

namespace GuestSessions.Core.Options;

/// <summary>One tenant: its upstream, points of sale, delivery and keys.</summary>
public sealed class TenantOptions
{
    public StreamApiOptions StreamApi { get; set; } = new();

    /// <summary>The points of sale that exist in the tenant. An event for any other is rejected.</summary>
    public List<PointOfSaleOptions> PointsOfSale { get; set; } = [];

    /// <summary>Values for attributes that an event leaves out, where its point of sale has none.</summary>
    public EventDefaults Defaults { get; set; } = new();

    public TenantDeliveryOptions Delivery { get; set; } = new();

    /// <summary>How its events are checked.</summary>
    public TenantRulesOptions Rules { get; set; } = new();

    public List<ApiKeyOptions> ApiKeys { get; set; } = [];

    /// <summary>
    /// Store the visitor's <c>User-Agent</c> and address with events of the SDKs, and forward them.
    /// <value>false</value>
    /// </summary>
    public bool ForwardVisitor { get; set; }

    /// <summary>What happens to events that wait when a guest's consent is denied. <value>Deliver</value></summary>
    public WaitingOnDenial OnConsentDenied { get; set; } = WaitingOnDenial.Deliver;

    /// <summary>
    /// Takes other options over. Guests and throttles hold this object and its <see cref="Delivery"/>, which stay; every other
    /// section is replaced as a whole, so that who has read it goes on with what belongs together.
    /// </summary>
    public void TakeOver(TenantOptions other)
    {
        StreamApi = other.StreamApi;
        PointsOfSale = other.PointsOfSale;
        Defaults = other.Defaults;
        Rules = other.Rules;
        ApiKeys = other.ApiKeys;
        ForwardVisitor = other.ForwardVisitor;
        OnConsentDenied = other.OnConsentDenied;
        Delivery.TakeOver(other.Delivery);
    }
}

/// <summary>The tenant's Stream API endpoint.</summary>
public sealed class StreamApiOptions
{
    /// <summary>
    /// Scheme, host and optional path prefix, for example <c>https://api-engage-eu.sitecorecloud.io</c>.
    /// <value>none; where <c>Emulator:Enabled</c> is set, the emulator of this process</value>
    /// </summary>
    [Required]
    public string BaseUrl { get; set; } = "";

    /// <summary>
    /// Allow an upstream in clear text (<c>http</c>): for tests, and for a proxy on the same host.
    /// <value>false; true in Development</value>
    /// </summary>
    public bool AllowInsecure { get; set; }

    /// <summary>
    /// Allow an upstream on a private, loopback or link-local address: for tests, and for a proxy in the same network.
    /// Without it, every address that a name resolves to is checked at every connect.
    /// <value>false; true in Development</value>
    /// </summary>
    public bool AllowPrivate { get; set; }

    /// <summary>Which form of the Stream API the upstream has. <value>Direct</value></summary>
    public StreamApiForm Form { get; set; } = StreamApiForm.Direct;

    /// <summary>The tenant's public client key; unique over tenants. The direct form needs it.</summary>
    public string ClientKey { get; set; } = "";

    /// <summary>The tenant's context id; unique over tenants. The edge form needs it.</summary>
    public string ContextId { get; set; } = "";

    /// <summary>
    /// Send <c>requested_at</c> with each event. <value>true for the edge form, otherwise false</value>
    /// </summary>
    public bool? SendRequestedAt { get; set; }

    /// <summary>Whether <c>requested_at</c> is sent.</summary>
    public bool SendsRequestedAt => SendRequestedAt ?? Form == StreamApiForm.Edge;

    /// <summary>
    /// A 503 comes from a proxy in front of the upstream that forwarded nothing: the event is sent again
    /// without a mark. If false, a 503 puts the event in doubt. <value>false</value>
    /// </summary>
    public bool UnavailableIsNotApplied { get; set; }
}

/// <summary>The two ways into the Stream API.</summary>
public enum StreamApiForm
{
    /// <summary>The API itself: <c>/v1.2</c>, with the client key and <c>pos</c> in the event.</summary>
    Direct,

    /// <summary>The edge proxy: <c>/v1/events/v1.2</c>, with the context id and the site in the address.</summary>
    Edge,
}

/// <summary>A point of sale as configured upstream.</summary>
public sealed class PointOfSaleOptions
{
    /// <summary>Its name in the tenant. <value>required</value></summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>
    /// Its sites in the edge form; unique within the tenant. Its events are sent under the first one.
    /// </summary>
    public List<string> SiteIds { get; set; } = [];

    /// <summary>Inactivity after which the upstream closes a session. <value>20 min</value></summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SessionTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>Values for attributes that an event for this point of sale leaves out.</summary>
    public EventDefaults Defaults { get; set; } = new();
}

/// <summary>Values for attributes an event may leave out.</summary>
public sealed class EventDefaults
{
    /// <summary>The channel, one of the Stream API's. <value>none</value></summary>
    public string? Channel { get; set; }

    /// <summary>The language, two letters in capitals. <value>none</value></summary>
    public string? Language { get; set; }

    /// <summary>The currency, three letters in capitals. <value>none</value></summary>
    public string? Currency { get; set; }

    /// <summary>Only on a tenant: the point of sale of an event that names none.</summary>
    public string? PointOfSale { get; set; }
}

/// <summary>How a tenant's events are delivered.</summary>
public sealed class TenantDeliveryOptions
{
    // Made once, because each outcome needs them.
    private Func<string, Delivery.InDoubtPolicy>? _inDoubtByType;
    private Func<string, Delivery.RefusalPolicy>? _onRefusalByType;

    /// <summary>
    /// How long an event waits for older events that have not arrived yet; 0 keeps the order of acceptance.
    /// <value>0</value>
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Settle { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// Maximum number of requests in flight for the tenant on one silo. Events that came with a public key have at most half of
    /// them. <value>1,024</value>
    /// </summary>
    [Range(1, 100_000)]
    public int Concurrency { get; set; } = 1_024;

    /// <summary>
    /// Maximum requests per second for the tenant over all silos; 0 is no limit. While events of backends wait, those that
    /// came with a public key get a quarter of it. <value>0</value>
    /// </summary>
    [Range(0, 1_000_000)]
    public int RatePerSecond { get; set; }

    /// <summary>
    /// By event type, what happens to an event that may or may not have arrived.
    /// <value>ORDER_CHECKOUT <c>Hold</c>; CHECKOUT and PAYMENT <c>ResendWhileSessionOpen</c>; others
    /// <c>Resend</c></value>
    /// </summary>
    public Dictionary<string, Delivery.InDoubtPolicy> InDoubt { get; set; } = [];

    /// <summary>
    /// By event type, what a refused event does to its guest's line. An event that came with a public key never
    /// makes the line wait. <value>Skip</value>
    /// </summary>
    public Dictionary<string, Delivery.RefusalPolicy> OnRefusal { get; set; } = [];

    /// <summary>
    /// Failed attempts after which an event is set aside with <c>attempts_exhausted</c>; 0 is no limit.
    /// <value>0</value>
    /// </summary>
    [Range(0, 1_000_000)]
    public int MaxAttempts { get; set; }

    /// <summary>
    /// Mark replayed events for the upstream with the attribute <c>replayed</c> in <c>ext</c>.
    /// <value>true</value>
    /// </summary>
    public bool MarkReplays { get; set; } = true;

    /// <summary>
    /// How long an event may wait before it is set aside with <c>too_old</c> instead of being sent; 0 is no limit.
    /// <value>0</value>
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.Zero;

    internal void TakeOver(TenantDeliveryOptions other)
    {
        Settle = other.Settle;
        Concurrency = other.Concurrency;
        RatePerSecond = other.RatePerSecond;
        InDoubt = other.InDoubt;
        OnRefusal = other.OnRefusal;
        MaxAttempts = other.MaxAttempts;
        MarkReplays = other.MarkReplays;
        MaxAge = other.MaxAge;
    }

    /// <summary><see cref="InDoubt"/> with its defaults.</summary>
    public Func<string, Delivery.InDoubtPolicy> InDoubtByType() => _inDoubtByType ??=
        type => InDoubt.TryGetValue(type, out var policy) ? policy : Delivery.DeliveryPolicy.DefaultFor(type);

    /// <summary><see cref="OnRefusal"/> with its default.</summary>
    public Func<string, Delivery.RefusalPolicy> OnRefusalByType() => _onRefusalByType ??= type => OnRefusal.GetValueOrDefault(type);
}

/// <summary>What happens to events that wait when a guest's consent is denied.</summary>
public enum WaitingOnDenial
{
    /// <summary>They are delivered: they were accepted while consent was granted.</summary>
    Deliver,

    /// <summary>They are dropped, except one that is on its way.</summary>
    Drop,
}

/// <summary>A bearer secret of the API, known only by its hash.</summary>
public sealed class ApiKeyOptions
{
    /// <summary>A name for logs and audit; unique over tenants.</summary>
    [Required]
    public string Id { get; set; } = "";

    /// <summary>SHA-256 of the whole bearer value, 64 hexadecimal digits.</summary>
    [Required, Secret, RegularExpression("^[0-9A-Fa-f]{64}$")]
    public string SecretSha256 { get; set; } = "";

    /// <summary>Any of <c>ingest</c>, <c>support:read</c>, <c>support:reveal</c>, <c>support:act</c>, <c>admin</c>.</summary>
    [MinLength(1)]
    public List<string> Scopes { get; set; } = [];
}
