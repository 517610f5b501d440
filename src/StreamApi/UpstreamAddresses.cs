using GuestSessions.Core.Options;

namespace GuestSessions.StreamApi;

/// <summary>The URLs of one tenant's upstream, in the tenant's form of the Stream API.</summary>
internal sealed class UpstreamAddresses
{
    private readonly StreamApiOptions _options;
    private readonly Dictionary<string, string> _sites;
    private readonly string _root;
    private readonly string _context;
    private readonly Uri _events;
    private readonly Dictionary<string, Uri> _eventsOfSites = [];

    /// <exception cref="UriFormatException">The base URL is not an absolute one.</exception>
    public UpstreamAddresses(TenantOptions tenant)
    {
        _options = tenant.StreamApi;
        _root = new Uri(_options.BaseUrl, UriKind.Absolute).GetLeftPart(UriPartial.Path).TrimEnd('/');
        _context = $"sitecoreContextId={Uri.EscapeDataString(_options.ContextId)}";
        _sites = tenant.PointsOfSale.Where(pos => pos.SiteIds.Count > 0)
            .ToDictionary(pos => pos.Name, pos => pos.SiteIds[0], StringComparer.Ordinal);
        if (_options.Form == StreamApiForm.Direct)
        {
            var key = Uri.EscapeDataString(_options.ClientKey);
            _events = new Uri($"{_root}/v1.2/events");
            CreateBrowser = new Uri($"{_root}/v1.2/browser/create.json?client_key={key}&message=%7B%7D");
            Personalize = new Uri($"{_root}/v2/callFlows");
            return;
        }

        _events = new Uri($"{_root}/v1/events/v1.2/events?{_context}");
        CreateBrowser = new Uri($"{_root}/v1/events/v1.2/browser/create.json?{_context}&client_key=");
        Personalize = new Uri($"{_root}/v1/personalize?{_context}");
        foreach (var (pointOfSale, site) in _sites)
            _eventsOfSites[pointOfSale] = new Uri($"{_events}&siteId={Uri.EscapeDataString(site)}");
    }

    public Uri CreateBrowser { get; }

    /// <summary>The URL of personalization calls, without a site.</summary>
    private Uri Personalize { get; }

    public bool IsEdge => _options.Form == StreamApiForm.Edge;

    /// <summary>The URL for an event. In the edge form it depends on the point of sale.</summary>
    public Uri EventsOf(string? pointOfSale) =>
        pointOfSale is not null && _eventsOfSites.TryGetValue(pointOfSale, out var address) ? address : _events;

    public Uri ShowBrowser(string browserId)
    {
        var id = Uri.EscapeDataString(browserId);
        var key = Uri.EscapeDataString(_options.ClientKey);
        return IsEdge
            ? new Uri($"{_root}/v1/events/v1.2/browser/{id}/show.json?{_context}&client_key=&api_token=")
            : new Uri($"{_root}/v1.2/browser/{id}/show.json?client_key={key}&api_token={key}");
    }

    /// <param name="siteId">The site the caller named.</param>
    public Uri PersonalizeFor(string? siteId) => IsEdge && !string.IsNullOrEmpty(siteId)
        ? new Uri($"{Personalize}&siteId={Uri.EscapeDataString(siteId)}")
        : Personalize;
}
