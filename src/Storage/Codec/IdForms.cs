namespace GuestSessions.Storage.Codec;

/// <summary>How an id is stored. Numbers are never used again.</summary>
internal enum IdForm
{
    /// <summary>As its text.</summary>
    Text = 0,

    /// <summary>As the 16 bytes of a UUID that was written in 32 small hexadecimal digits.</summary>
    Digits = 1,

    /// <summary>As the 16 bytes of a UUID that was written in small digits with hyphens.</summary>
    Hyphens = 2,
}

internal static class IdForms
{
    /// <summary>The form of an id, from which it is read back letter by letter.</summary>
    /// <param name="uuid">Its value, unless the form is <see cref="IdForm.Text"/>.</param>
    public static IdForm Of(string id, out Guid uuid)
    {
        if (id.Length == 32 && IsWritten(id, "N", out uuid))
            return IdForm.Digits;
        if (id.Length == 36 && IsWritten(id, "D", out uuid))
            return IdForm.Hyphens;
        uuid = default;
        return IdForm.Text;
    }

    /// <summary>Whether a text is exactly what formatting a UUID gives. Parsing takes capitals too.</summary>
    private static bool IsWritten(string text, string format, out Guid uuid)
    {
        if (!Guid.TryParseExact(text, format, out uuid))
            return false;
        Span<char> written = stackalloc char[text.Length];
        return uuid.TryFormat(written, out _, format) && written.SequenceEqual(text);
    }
}
