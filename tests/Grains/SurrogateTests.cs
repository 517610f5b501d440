using System.Text.Json;
using GuestSessions.Core.Events;
using GuestSessions.Grains.Contracts;
using GuestSessions.Grains.Contracts.Surrogates;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.TypeSystem;

namespace GuestSessions.Grains.Tests;

/// <summary>The core's types on their way to another host, and within one.</summary>
public sealed class SurrogateTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public static TheoryData<Type> Types => [.. CoreTypes.Names.Values];

    public void Dispose() => _services.Dispose();

    [Theory, MemberData(nameof(Types))]
    public void No_member_is_lost_on_the_way_to_another_host(Type type)
    {
        var sent = FilledValue.Of(type);

        var arrived = Travel(sent);

        Assert.IsType(type, arrived);
        Assert.Equal(JsonSerializer.Serialize(sent), JsonSerializer.Serialize(arrived));
    }

    [Theory, MemberData(nameof(Types))]
    public void A_type_of_the_core_goes_by_its_name_on_the_wire(Type type)
    {
        var name = _services.GetRequiredService<TypeConverter>().Format(type);

        Assert.Contains(CoreTypes.Names.Single(known => known.Value == type).Key, name, StringComparison.Ordinal);
        Assert.DoesNotContain(type.Namespace!, name, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_is_not_copied_within_a_host()
    {
        var request = new RecordRequest("cust-42", [Event()], TraceParent: null);
        var copier = _services.GetRequiredService<DeepCopier>();

        Assert.Same(request, copier.Copy(request));
        Assert.Same(request.Events[0].Content, copier.Copy(request.Events[0].Content));
    }

    [Fact]
    public void An_event_travels_within_its_request()
    {
        var request = new RecordRequest("cust-42", [Event(), Event()], TraceParent: "00-1");

        var arrived = Assert.IsType<RecordRequest>(Travel(request));

        Assert.Equal(JsonSerializer.Serialize(request), JsonSerializer.Serialize(arrived));
    }

    [Fact]
    public void Lists_that_a_host_of_another_version_does_not_send_are_empty()
    {
        var arrived = new EventConverter().ConvertFromSurrogate(default(StreamEventSurrogate));

        Assert.Empty(arrived.Identifiers);
        Assert.Empty(arrived.Warnings);
    }

    private static EventToRecord Event() => (EventToRecord)FilledValue.Of(typeof(EventToRecord));

    private object? Travel(object value)
    {
        var serializer = _services.GetRequiredService<Serializer>();
        return serializer.Deserialize<object>(serializer.SerializeToArray(value));
    }
}
