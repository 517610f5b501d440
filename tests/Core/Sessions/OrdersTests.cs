using GuestSessions.Core.Json;
using GuestSessions.Core.Sessions.Carts;

namespace GuestSessions.Core.Tests.Sessions;

public sealed class OrdersTests
{
    [Theory]
    [InlineData("CHECKOUT", """{"status":"PURCHASED"}""", true)]
    [InlineData("CHECKOUT", """{"status":"CONFIRMED"}""", true)]
    [InlineData("CHECKOUT", """{"status":"CANCELLED"}""", false)]
    [InlineData("CHECKOUT", """{"status":"refunded"}""", false)]
    [InlineData("CHECKOUT", "{}", true)]
    [InlineData("ORDER_CHECKOUT", """{"order":{"status":"PAYMENT_PENDING"}}""", true)]
    [InlineData("ORDER_CHECKOUT", """{"order":{"status":"CANCELLED"}}""", false)]
    [InlineData("ORDER_CHECKOUT", """{"order":7}""", true)]
    [InlineData("CONFIRM", """{"product":[{"item_id":"a"}]}""", false)]
    [InlineData("PAYMENT", """{"pay_type":"Card"}""", false)]
    public void An_order_is_made_by_what_checks_out_and_is_not_called_off(string type, string body, bool makesOrder)
        => Assert.Equal(makesOrder, Orders.AreMadeBy(type, Utf8Json.Parse(body)));
}
