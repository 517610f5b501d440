using GuestSessions.Core.Options;

namespace GuestSessions.Core.Tests.Options;

public sealed class TenantOptionsTests
{
    [Fact]
    public void A_tenant_takes_every_option_over_and_stays_the_same_object_with_the_same_delivery()
    {
        var tenant = new TenantOptions();
        var delivery = tenant.Delivery;
        var other = new TenantOptions { ForwardVisitor = true };
        foreach (var option in typeof(TenantDeliveryOptions).GetProperties())
            option.SetValue(other.Delivery, Different(option.PropertyType, option.GetValue(delivery)!));

        tenant.TakeOver(other);

        Assert.Same(delivery, tenant.Delivery);
        Assert.All(typeof(TenantDeliveryOptions).GetProperties(),
            option => Assert.Equal(option.GetValue(other.Delivery), option.GetValue(delivery)));
        Assert.All(typeof(TenantOptions).GetProperties().Where(static option => option.Name != nameof(TenantOptions.Delivery)),
            option => Assert.Equal(option.GetValue(other), option.GetValue(tenant)));
        Assert.Same(other.StreamApi, tenant.StreamApi);
    }

    [Theory]
    [InlineData(TenantChangeKind.Changed, "StreamApi:BaseUrl", true)]
    [InlineData(TenantChangeKind.Changed, "StreamApiOther", false)]
    [InlineData(TenantChangeKind.Changed, "Delivery:Settle", false)]
    [InlineData(TenantChangeKind.Added, null, true)]
    public void A_change_says_which_sections_it_touches(TenantChangeKind kind, string? setting, bool touches) =>
        Assert.Equal(touches, new TenantChange("demo", kind, setting is null ? [] : [setting]).Touches("StreamApi"));

    private static object Different(Type type, object value) => value switch
    {
        bool flag => !flag,
        int number => number + 1,
        TimeSpan time => time + TimeSpan.FromSeconds(1),
        _ => Activator.CreateInstance(type)!,
    };
}
