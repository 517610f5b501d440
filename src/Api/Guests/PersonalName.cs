using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace GuestSessions.Api.Guests;

/// <summary>Names of attributes whose values tell who or where a person is, or are secret.</summary>
/// <remarks>
/// These are the attributes of IDENTITY, ADD_CONTACTS and ADD_CONSUMERS, and names that apps build with them, such as
/// <c>billing_address</c> or <c>homePhone</c>, in any casing and with any separator. Title, gender, state and country do not
/// identify a person by themselves; nor does a <c>name</c>, which more often is a product's.
/// </remarks>
internal static partial class PersonalName
{
    /// <summary>Personal as a whole name only: within a longer name these words mean something else.</summary>
    private static readonly FrozenSet<string> Whole = FrozenSet.Create(StringComparer.Ordinal,
        "city", "town", "zip", "ort", "tel", "cell", "fax", "ip", "nom", "lat", "lng", "lon", "long", "login", "handle",
        "nickname", "initials", "holder", "recipient", "plz");

    /// <summary>Personal as a whole name, as one word of a name, and as adjacent words of a name.</summary>
    private static readonly FrozenSet<string> Words = FrozenSet.Create(StringComparer.Ordinal,
        "email", "emailaddress", "emailaddr", "mail", "courriel", "correo",
        "firstname", "givenname", "forename", "middlename", "lastname", "familyname", "surname", "maidenname", "fullname",
        "displayname", "contactname", "customername", "guestname", "username", "membername", "passengername", "travellername",
        "travelername", "recipientname", "holdername", "cardholder", "cardholdername", "accountholder", "billingname",
        "shippingname", "deliveryname", "vorname", "nachname", "prenom", "apellido", "apellidos",
        "mobile", "mobilenumber", "phone", "phonenumber", "phoneno", "telephone", "telefon", "handynummer", "msisdn",
        "whatsapp", "faxnumber", "contactnumber",
        "dob", "birth", "birthdate", "birthday", "birthplace", "dateofbirth", "geburtsdatum", "naissance",
        "street", "strasse", "address", "addressline", "adresse", "postalcode", "postcode", "zipcode", "eircode",
        "housenumber", "latitude", "longitude", "geolocation", "coordinates", "ipaddress", "ipaddr", "clientip", "userip",
        "visitorip", "remoteip", "ipv",
        "passport", "passportnumber", "passportno", "licenseplate", "numberplate", "drivinglicence", "driverlicense", "licensenumber", "licencenumber", "identitycard", "visanumber", "fname", "lname",
        "landline", "acctname", "custno", "membershipno", "licenseno", "licenceno", "firstnm", "lastnm",
        "driverslicense", "nationalid", "idcard", "idnumber", "taxid", "taxnumber", "vatnumber", "nino", "ppsn",
        "customerid", "customernumber", "customerno", "userid", "memberid", "membernumber", "membershipid",
        "membershipnumber", "accountid", "loyaltyid", "loyaltynumber", "loyaltycard", "deviceid", "imei");

    /// <summary>Secrets, of which not even the beginning is shown. They match like <see cref="Words"/>.</summary>
    private static readonly FrozenSet<string> Secrets = FrozenSet.Create(StringComparer.Ordinal,
        "password", "passwd", "pwd", "pswd", "psw", "pw", "passkey", "kennwort", "contraseña", "contrasena", "motdepasse",
        "passphrase", "passwort", "passcode", "secret", "token", "jwt", "bearer", "apikey",
        "accesskey", "privatekey", "secretkey", "credential", "credentials", "otp", "onetimecode", "pin", "pincode",
        "sessionid", "sessionkey", "subscriptionkey", "connectionstring", "cookie", "authorization", "signature",
        "iban", "bic", "swift", "bankaccount", "accountnumber", "accountno", "kontonummer", "sortcode", "routingnumber",
        "cardnumber", "cardno", "creditcard", "creditcardnumber", "debitcard", "ccnumber", "ccnum", "cvv", "cvc", "cardcode", "securitycode", "pannumber", "ibannumber", "acctnum", "acctno",
        "cardexpiry", "ssn", "socialsecurity", "socialsecuritynumber");

    /// <summary>Secrets as a whole name only.</summary>
    private static readonly FrozenSet<string> WholeSecrets = FrozenSet.Create(StringComparer.Ordinal, "auth", "pan", "acct");

    /// <summary>What is written short in names.</summary>
    private static readonly FrozenDictionary<string, string> Abbreviations = (
        "nm=name no=number nr=number num=number nbr=number acct=account cust=customer addr=address")
        .Split(' ').Select(static pair => pair.Split('='))
        .ToFrozenDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);

    /// <summary>Secrets in the query of a URL, where these names mean nothing else.</summary>
    private static readonly FrozenSet<string> QuerySecrets = FrozenSet.Create(StringComparer.Ordinal,
        "sig", "sid", "key", "pass", "ticket", "hash", "nonce", "accesstoken");

    /// <summary>Long enough to be recognised within a name without word boundaries.</summary>
    private static readonly string[] Within =
        ["email", "firstname", "lastname", "surname", "givenname", "familyname", "telephone", "phonenumber", "postcode",
            "birthdate", "dateofbirth", "passport"];

    private static readonly string[] SecretsWithin = ["password", "passwd", "cardnumber", "creditcard", "accesstoken", "sessionid", "sessid"];

    /// <summary>Ends of names without word boundaries.</summary>
    private static readonly string[] Ends = ["address", "homephone", "workphone", "mobilephone", "cellphone", "phonehome"];

    /// <summary>Whether a value under this name is about a person, or secret.</summary>
    public static bool Is(string name)
    {
        var plain = Plain(name);
        return IsSecret(name) || Whole.Contains(plain) || HasWord(name, plain, Words)
            || Within.Any(part => plain.Contains(part, StringComparison.Ordinal))
            || Ends.Any(end => plain.EndsWith(end, StringComparison.Ordinal));
    }

    /// <summary>Whether a value under this name must not be shown at all.</summary>
    public static bool IsSecret(string name)
    {
        var plain = Plain(name);
        return WholeSecrets.Contains(plain) || HasWord(name, plain, Secrets)
            || plain.EndsWith("token", StringComparison.Ordinal) || SecretsWithin.Any(part => plain.Contains(part, StringComparison.Ordinal));
    }

    /// <summary>The same for a parameter in the query of a URL.</summary>
    public static bool IsSecretInQuery(string name) => IsSecret(name) || QuerySecrets.Contains(Plain(name));

    /// <summary>The form in which names are compared: letters and digits, in lower case, without digits at the end.</summary>
    public static string Plain(string name) => WithoutNumber(string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant());

    private static string WithoutNumber(string name) => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    private static bool HasWord(string name, string plain, FrozenSet<string> words)
    {
        if (words.Contains(plain))
            return true;
        var parts = Boundary().Split(name).Where(static part => part.Length > 0)
            .Select(static part => WithoutNumber(part.ToLowerInvariant()))
            .Select(static part => Abbreviations.GetValueOrDefault(part, part)).ToList();
        return parts.Any(words.Contains)
            || parts.Zip(parts.Skip(1), string.Concat).Any(words.Contains)
            || parts.Zip(parts.Skip(1), string.Concat).Zip(parts.Skip(2), string.Concat).Any(words.Contains);
    }

    [GeneratedRegex("[^\\p{L}\\p{Nd}]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Boundary();
}
