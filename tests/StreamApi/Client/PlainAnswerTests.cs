using System.Text;
using GuestSessions.StreamApi.Tests.Fixtures;
using GuestSessions.StreamApi.Wire;

namespace GuestSessions.StreamApi.Tests.Client;

public sealed class PlainAnswerTests
{
    [Theory]
    [InlineData(Replies.Receipt)]
    [InlineData("""{"status":"OK","version":"1.2"}""")]
    [InlineData("""{"ref":"r-1","customer_ref":"c-1"}""")]
    [InlineData("""{"ref":"first","ref":"last"}""")]
    [InlineData("""{"ref":"first","ref":17}""")]
    [InlineData("""{"ref":null,"customer_ref":{"ref":"inner"}}""")]
    [InlineData("""{"inner":{"ref":"inner","list":[{"ref":"deep"}]},"ref":"r-1"}""")]
    [InlineData("""{"ref":["ref","x"],"customer_ref":[]}""")]
    [InlineData("""{"ref":"","customer_ref":""}""")]
    [InlineData("""{"ref":"réf € 😀"}""")]
    [InlineData("""{"REF":"r-1","refs":"x"}""")]
    [InlineData("""{ "ref" : "r-1" , "n" : 1.10e3 }""")]
    [InlineData("""{"ref":"r-1"}{}""")]
    [InlineData("""{"ref":"r-1",}""")]
    [InlineData("""{"ref":"r-1" "a":1}""")]
    [InlineData("""{"ref":r-1}""")]
    [InlineData("""{ref:"r-1"}""")]
    [InlineData("""{"ref":"r-1"/* why */}""")]
    [InlineData("""{{}}""")]
    [InlineData("""{]}""")]
    [InlineData("""{"ref":"r-1"]}""")]
    public void An_answer_that_is_read_in_one_pass_is_what_a_document_makes_of_it(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        Assert.True(AnswerDecoding.IsPlain(bytes));
        Assert.Equivalent(Answer.Of(bytes), Answer.OfPlain(bytes), strict: true);
    }

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    public void Both_read_to_the_same_depth(int depth)
    {
        var list = new string('[', depth - 1) + new string(']', depth - 1);
        var bytes = Encoding.UTF8.GetBytes($$"""{"ref":"r-1","list":{{list}}}""");
        Assert.Equal(Answer.Of(bytes).Form, Answer.OfPlain(bytes).Form);
    }

    [Fact]
    public void A_long_reference_and_a_long_text_are_cut_alike()
    {
        var bytes = Encoding.UTF8.GetBytes("{\"ref\":\"" + new string('x', 127) + "😀" + new string('é', 3000) + "\"}");
        Assert.Equivalent(Answer.Of(bytes), Answer.OfPlain(bytes), strict: true);
        Assert.Equal(127, Answer.OfPlain(bytes).Reference!.Length);
    }

    [Theory]
    [InlineData("""{"r\u0065f":"r-1"}""")]
    [InlineData("""{"ref":"r\n1"}""")]
    [InlineData(""" {"ref":"r-1"}""")]
    [InlineData("""["ref"]""")]
    [InlineData("{\0\"\0")]
    [InlineData("{}")]
    [InlineData("")]
    public void An_answer_with_escapes_or_anything_around_it_is_left_to_the_document(string body) =>
        Assert.False(AnswerDecoding.IsPlain(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void An_answer_in_another_encoding_is_left_to_the_document() =>
        Assert.False(AnswerDecoding.IsPlain(Encoding.Latin1.GetBytes("""{"ref":"café"}""")));
}
