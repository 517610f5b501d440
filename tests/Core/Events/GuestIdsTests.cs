using GuestSessions.Core.Events;

namespace GuestSessions.Core.Tests.Events;

public sealed class GuestIdsTests
{
    [Theory]
    [InlineData("cust-42", null)]
    [InlineData("A.b_c~d:e-f", null)]
    [InlineData("guest-42", null)]
    [InlineData("5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11", null)]
    [InlineData("a.b", null)]
    [InlineData(".", "invalid_guest_id")]
    [InlineData("..", "invalid_guest_id")]
    [InlineData("", "invalid_guest_id")]
    [InlineData("a b", "invalid_guest_id")]
    [InlineData("a/b", "invalid_guest_id")]
    [InlineData("ann@shop.example", "invalid_guest_id")]
    [InlineData("[object Object]", "invalid_guest_id")]
    [InlineData("é", "invalid_guest_id")]
    [InlineData("undefined", "junk_guest_id")]
    [InlineData("NULL", "junk_guest_id")]
    [InlineData("Anonymous", "junk_guest_id")]
    [InlineData("guest", "junk_guest_id")]
    [InlineData("0", "junk_guest_id")]
    [InlineData("NA", "junk_guest_id")]
    [InlineData("n-a", "junk_guest_id")]
    [InlineData("null:null", "junk_guest_id")]
    [InlineData("guest-0", null)]
    [InlineData("1", null)]
    [InlineData("00000000-0000-0000-0000-000000000000", "junk_guest_id")]
    [InlineData("browser:5b0f3c1e-7a44-4d3e-9b1a-2f6c8d9e0a11", "reserved_guest_id")]
    [InlineData("Browser:x", "reserved_guest_id")]
    public void Guest_ids_are_checked(string guest, string? code) => Assert.Equal(code, GuestIds.Check(guest, []));

    [Theory]
    [InlineData(128, null)]
    [InlineData(129, "invalid_guest_id")]
    public void Guest_ids_have_at_most_128_characters(int length, string? code)
        => Assert.Equal(code, GuestIds.Check(new string('a', length), []));

    [Fact]
    public void A_configured_list_replaces_the_built_in_one()
    {
        Assert.Equal("junk_guest_id", GuestIds.Check("Kiosk", ["kiosk"]));
        Assert.Null(GuestIds.Check("guest", ["kiosk"]));
    }

    [Fact]
    public void Every_placeholder_is_one_the_shape_lets_through()
        => Assert.All(GuestIds.Junk, junk => Assert.True(CallerIds.IsValid(junk)));
}
