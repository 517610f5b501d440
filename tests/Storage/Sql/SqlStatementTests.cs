using GuestSessions.Storage.Postgres;
using GuestSessions.Storage.Sql;
using GuestSessions.Storage.Sqlite;

namespace GuestSessions.Storage.Tests.Sql;

public sealed class SqlStatementTests
{
    [Fact]
    public void Names_become_numbers_in_the_order_in_which_they_first_appear()
    {
        var statement = new SqlStatement("SELECT 1 FROM head WHERE a = @last::bigint[] AND b = @first_of AND c > @last");

        Assert.Equal("SELECT 1 FROM head WHERE a = $1::bigint[] AND b = $2 AND c > $1", statement.Numbered);
        Assert.Equal([("first_of", 1), ("last", 0)], statement.Places.Select(static at => (at.Key, at.Value)).Order());
    }

    [Fact]
    public void A_name_in_a_comment_or_in_a_text_is_no_parameter()
    {
        const string Text = "-- Don't bind @this\nSELECT '@that', @bound";

        var statement = new SqlStatement(Text);

        Assert.Equal("-- Don't bind @this\nSELECT '@that', $1", statement.Numbered);
        Assert.Equal(Text, statement.Text);
    }

    [Fact]
    public void A_file_holds_its_statements_by_name_with_their_comments()
    {
        Assert.Equal(["insert", "move", "read"], SqliteSql.Owners.Names.Order());
        Assert.StartsWith("SELECT guest, name, generation, previous", SqliteSql.Owners["read"].Text, StringComparison.Ordinal);
        Assert.StartsWith("-- In key order", PostgresSql.Owners["lock"].Text, StringComparison.Ordinal);
        Assert.EndsWith("FOR NO KEY UPDATE;", PostgresSql.Owners["lock"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_statement_that_is_not_in_the_file_is_named_in_the_error()
    {
        var failure = Assert.Throws<ArgumentException>(() => PostgresSql.Owners["steal"]);

        Assert.Contains("Postgres/Sql/owners.sql has no statement with the name steal", failure.Message);
    }

    [Fact]
    public void A_migration_says_which_binaries_can_work_on_the_schema_after_it()
    {
        Assert.Equal(7, new Migration(9, "-- Readers from version 7 on.\nSELECT 1;").MinimumReader);
        Assert.Throws<FormatException>(() => new Migration(9, "SELECT 1;").MinimumReader);
    }
}
