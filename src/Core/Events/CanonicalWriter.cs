using System.Buffers;
using System.Text.Json;

namespace GuestSessions.Core.Events;

/// <summary>
/// Writes JSON in canonical form in one pass over its bytes: members are written as they come, and an object whose members
/// came in another order is put in order when it ends. Text that was parsed before needs no further checks.
/// </summary>
/// <param name="json">One value as <see cref="StrictJson"/> accepts it.</param>
/// <param name="output">Has room for as many bytes.</param>
/// <param name="members">Where the places of members are noted first; more of them are noted in a pooled array.</param>
internal ref struct CanonicalWriter(ReadOnlySpan<byte> json, byte[] output, Span<CanonicalMember> members)
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n"u8);
    private static readonly SearchValues<byte> LiteralEnds = SearchValues.Create(",]} \t\r\n"u8);

    private readonly ReadOnlySpan<byte> _json = json;
    private CanonicalMembers _members = new(output, members);
    private int _at;
    private int _length;
    private bool _hasGuest;
    private bool _hasTime;
    private bool _hasRepeatedNames;

    /// <summary>Bytes that were written.</summary>
    public readonly int Length => _length;

    public readonly bool HasRepeatedNames => _hasRepeatedNames || _members.HaveRepeatedNames;

    /// <summary>Writes the value; of an envelope, without the members that are not content.</summary>
    public void WriteEnvelope()
    {
        SkipBlanks();
        Value(isEnvelope: true);
    }

    public readonly void Dispose() => _members.Dispose();

    private void Value(bool isEnvelope = false)
    {
        switch (_json[_at])
        {
            case (byte)'{': Object(isEnvelope); break;
            case (byte)'[': Array(); break;
            case (byte)'"': Text(); break;
            default: Literal(); break;
        }
    }

    private void Object(bool isEnvelope)
    {
        Mark();
        var first = _members.Count;
        while (_json[_at] != '}')
        {
            if (_json[_at] == ',')
                Skip();
            var start = _length;
            var isEscaped = Text();
            var name = output.AsSpan(start, _length - start);
            SkipBlanks();
            Mark();
            Value();
            SkipBlanks();
            if (isEnvelope && IsLeftOut(name))
            {
                _length = start;
                continue;
            }

            _members.Add(new CanonicalMember(start, name.Length, _length - start, isEscaped));
            output[_length++] = (byte)',';
        }

        // Whether another member follows a comma is only known here. The last one gives way to the bracket.
        if (_members.Count > first)
            _length--;
        _members.PutInOrder(first);
        Mark();
    }

    private bool IsLeftOut(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("\"guest\""u8))
        {
            _hasRepeatedNames |= _hasGuest;
            return _hasGuest = true;
        }

        if (!name.SequenceEqual("\"occurred_at\""u8))
            return false;
        _hasRepeatedNames |= _hasTime;
        return _hasTime = true;
    }

    private void Array()
    {
        Mark();
        while (_json[_at] != ']')
        {
            if (_json[_at] == ',')
                Mark();
            Value();
            SkipBlanks();
        }

        Mark();
    }

    /// <summary>Writes a string or a name, and says whether it has escapes there.</summary>
    private bool Text()
    {
        var content = _json[(_at + 1)..];
        var plain = content.IndexOfAny((byte)'"', (byte)'\\');
        if (content[plain] == '"')
        {
            Raw(plain + 2);
            return false;
        }

        var reader = new Utf8JsonReader(_json[_at..], isFinalBlock: false, default);
        reader.Read();
        _at += (int)reader.BytesConsumed;
        var text = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        var isEscaped = Quoted(text.AsSpan(0, reader.CopyString(text)));
        ArrayPool<byte>.Shared.Return(text);
        return isEscaped;
    }

    private bool Quoted(ReadOnlySpan<byte> text)
    {
        var isEscaped = false;
        output[_length++] = (byte)'"';
        foreach (var character in text)
        {
            if (character >= ' ' && character is not ((byte)'"' or (byte)'\\'))
                output[_length++] = character;
            else
            {
                _length += CanonicalEscape.Write(character, output.AsSpan(_length));
                isEscaped = true;
            }
        }

        output[_length++] = (byte)'"';
        return isEscaped;
    }

    private void Literal()
    {
        var end = _json[_at..].IndexOfAny(LiteralEnds);
        Raw(end < 0 ? _json.Length - _at : end);
    }

    private void Raw(int count)
    {
        _json.Slice(_at, count).CopyTo(output.AsSpan(_length));
        _at += count;
        _length += count;
    }

    /// <summary>Writes a mark of the structure.</summary>
    private void Mark()
    {
        output[_length++] = _json[_at];
        Skip();
    }

    private void Skip()
    {
        _at++;
        SkipBlanks();
    }

    private void SkipBlanks()
    {
        // Most texts come without blanks, which a search would cost more to find out.
        if (_at >= _json.Length || _json[_at] > ' ')
            return;
        var blanks = _json[_at..].IndexOfAnyExcept(Blanks);
        _at = blanks < 0 ? _json.Length : _at + blanks;
    }
}
