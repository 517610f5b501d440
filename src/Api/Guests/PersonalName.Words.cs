using System.Collections.Frozen;

namespace GuestSessions.Api.Guests;

/// <summary>The words that names consist of, in plain form: lower case, without accents and separators.</summary>
internal static partial class PersonalName
{
    /// <summary>Personal as a whole name only: within a longer name these words mean something else.</summary>
    private static readonly FrozenSet<string> Whole = Set(
        "city town zip ort tel cell fax ip nom lat lng lon long login handle nickname initials holder "
        + "recipient plz buyer payer payee addressee consignee pesel cpf bsn nif dni sin tin nin billto shipto "
        + "soldto deliverto invoiceto sendto kaeufer kaufer comprador acheteur acquirente koper nabywca inhaber");

    /// <summary>Personal as a whole name, as one word of a name, and as adjacent words of a name.</summary>
    private static readonly FrozenSet<string> Words = Set(
        "email emailaddress emailaddr mail courriel correo firstname givenname forename middlename lastname "
        + "familyname surname maidenname fullname displayname contactname customername guestname username "
        + "membername passengername travellername travelername recipientname holdername cardholder "
        + "cardholdername accountholder billingname shippingname deliveryname vorname nachname prenom apellido "
        + "apellidos mobile mobilenumber phone phonenumber phoneno telephone telefon handynummer msisdn "
        + "whatsapp faxnumber contactnumber dob birth birthdate birthday birthplace dateofbirth geburtsdatum "
        + "naissance street strasse address addressline adresse postalcode postcode zipcode eircode housenumber "
        + "latitude longitude geolocation coordinates ipaddress ipaddr clientip userip visitorip remoteip ipv "
        + "passport passportnumber passportno licenseplate numberplate drivinglicence driverlicense "
        + "licensenumber licencenumber identitycard visanumber fname lname landline acctname custno "
        + "membershipno licenseno licenceno firstnm lastnm driverslicense nationalid idcard idnumber taxid "
        + "taxnumber vatnumber nino ppsn customerid customernumber customerno userid memberid membernumber "
        + "membershipid membershipnumber accountid loyaltyid loyaltynumber loyaltycard deviceid imei "
        + "contactperson nameoncard nameon namefirst namelast accountname bookedby kundenname kontaktperson "
        + "ansprechpartner empfaenger karteninhaber kontoinhaber benutzername geburtsname nomdefamille "
        + "nomcomplet nomclient destinataire titulaire nombrecompleto nombretitular apellidopaterno "
        + "apellidomaterno destinatario cognome nomecompleto intestatario sobrenome voornaam achternaam "
        + "klantnaam contactpersoon imie nazwisko fornamn fornavn efternamn efternavn etternavn etunimi "
        + "sukunimi jmeno prijmeni keresztnev vezeteknev soyad soyadi telefono telefone telefoon telefonnummer "
        + "telefoonnummer celular cellulare movil anschrift direccion indirizzo endereco adres adress adresa "
        + "rechnungsadresse lieferadresse personalid personalnumber personalcode personalidentity personnumber "
        + "personid identityid identitynumber identitydocument identificationnumber nationalinsurance "
        + "nationalnumber nationalidentity citizenid citizennumber residentid residentnumber residencepermit "
        + "documentnumber traveldocument drivinglicense licenceplate frequentflyer frequentflyernumber "
        + "flyernumber mileagenumber policynumber insurancenumber insuranceid taxpayerid taxpayernumber "
        + "taxidentification fiscalcode fiscalnumber fiscalid votersid voterid healthnumber medicarenumber "
        + "nhsnumber patientid patientnumber studentid studentnumber employeeid employeenumber buyerid payerid "
        + "shopperid ppsno ppsnumber dninumber nienumber nifnumber cpfnumber sinnumber tinnumber ninnumber "
        + "innnumber rutnumber itin aadhaar aadhar aadhaarnumber nric hkid curp cuil jmbg cnp egn snils pesel "
        + "bsn cpf burgerservicenummer rijksregisternummer codicefiscale personnummer fodselsnummer personnumer "
        + "cprnummer henkilotunnus rodnecislo kimlikno kimliknumber tckimlik mykad ktp steuerid steuernummer "
        + "sozialversicherungsnummer versicherungsnummer versichertennummer ausweisnummer personalausweis "
        + "personalausweisnummer reisepass passnummer numerosecu numerodesecu ninumber cprnumber dlnumber "
        + "aliennumber redressnumber residenceid iddocument identificationdocument knowntravelernumber "
        + "knowntravellernumber numerodni numerodocumento documentoidentidad documentoidentidade "
        + "sozialversicherungsnr emergencycontact nextofkin bookedfor signedby numerodesecuritesociale "
        + "securitesociale seguridadsocial cedula forwardedfor realip connectingip trueip sourceip originip "
        + "remoteaddr");

    /// <summary>Those whose name is a person's: <c>buyerName</c>, <c>nameOfBuyer</c>, <c>name</c> in <c>buyer</c>.</summary>
    private static readonly FrozenSet<string> Roles = Set(
        "customer guest user visitor person buyer payer payee shopper booker client owner member subscriber "
        + "attendee participant applicant passenger traveller traveler rider driver renter hirer recipient "
        + "receiver sender addressee consignee contact holder cardholder cardowner insured beneficiary patient "
        + "student employee staff resident donor signer signatory spouse husband wife father mother kin "
        + "guardian caller claimant debtor creditor billto shipto soldto deliverto invoiceto");

    /// <summary>Secrets, of which not even the beginning is shown. They match like <see cref="Words"/>.</summary>
    private static readonly FrozenSet<string> Secrets = Set(
        "password passwd pwd pswd psw pw passkey kennwort contrasena motdepasse passphrase passwort passcode "
        + "secret token jwt bearer apikey accesskey privatekey secretkey credential credentials otp onetimecode "
        + "pin pincode sessionid sessionkey subscriptionkey connectionstring cookie authorization signature "
        + "iban bic swift bankaccount accountnumber accountno kontonummer sortcode routingnumber cardnumber "
        + "cardno creditcard creditcardnumber debitcard ccnumber ccnum cvv cvc cardcode securitycode pannumber "
        + "ibannumber acctnum acctno cardexpiry ssn socialsecurity socialsecuritynumber csc cvn cvd "
        + "cardverification verificationvalue cryptogramme csrf xsrf mfacode twofactorcode twofacode 2facode "
        + "totp hotp resetcode resetkey backupcode backupkey recoverycode recoverykey recoveryphrase seedphrase "
        + "securityanswer securityquestionanswer challengeanswer memorableword memorableanswer questionanswer "
        + "userpass loginpass adminpass dbpass verificationcode verifycode codeverifier authcode "
        + "authorizationcode authorisationcode authenticationcode accesscode activationcode unlockcode smscode "
        + "logincode signincode magiclink magiccode emailcode sessionhash sessionstate encryptionkey signingkey "
        + "masterkey authkey sshkey geheimzahl sicherheitscode kartennummer kreditkarte mdp codesecret "
        + "numerocarte numerodecarte codigoseguridad numerotarjeta codicesicurezza numerocarta senha "
        + "numerocartao wachtwoord kaartnummer haslo losenord kortnummer adgangskode kodeord passord salasana "
        + "heslo sifre parola jelszo пароль");

    /// <summary>Secrets as a whole name only.</summary>
    private static readonly FrozenSet<string> WholeSecrets = Set("auth pan acct pass");

    /// <summary>In prose, secrets only if the value looks like one: <c>day pass: 3 days</c> is none.</summary>
    private static readonly FrozenSet<string> WordsOfProse = Set("pass");

    /// <summary>Secrets in the query of a URL, where these names mean nothing else.</summary>
    private static readonly FrozenSet<string> QuerySecrets = Set("sig sid key ticket hash nonce accesstoken");

    /// <summary>Secrets if the value looks like one: a session may also be a lesson.</summary>
    private static readonly FrozenSet<string> SecretsByValue = Set("session sess sid");

    /// <summary>Personal if the value is a pair of coordinates: a location may also be a shop.</summary>
    private static readonly FrozenSet<string> Positions = Set(
        "location loc coords coord coordinate position pos point geo gps ll latlng latlon latlong lnglat "
        + "place center centre origin destination whereabouts ubicacion standort standpunkt");

    /// <summary>Numbers of persons in some country, if the value has enough digits; words elsewhere.</summary>
    private static readonly FrozenSet<string> NumbersByValue = Set(
        "nie rut inn rfc nik nir nit ird tfn amka afm emso oib nhs hetu tckn ahv avs niss nrn nss svnr cin "
        + "cuit pps uin cpr cui svn ktn");

    /// <summary>Long enough to be recognised within a name without word boundaries.</summary>
    private static readonly string[] Within =
    [
       "email", "firstname", "lastname", "surname", "givenname", "familyname", "telephone", "phonenumber", "postcode",
       "birthdate", "dateofbirth", "passport", "identitynumber", "nationalinsurance", "frequentflyer", "policynumber",
        "nameoncard", "contactperson",
    ];

    private static readonly string[] SecretsWithin =
    [
       "password", "passwd", "cardnumber", "creditcard", "accesstoken", "sessionid", "sessid",
       "securityanswer", "verificationcode", "recoverycode", "backupcode",
    ];

    /// <summary>Ends of names without word boundaries.</summary>
    private static readonly string[] Ends =
        ["address", "adresse", "homephone", "workphone", "mobilephone", "cellphone", "phonehome"];

    /// <summary>What is written short in names.</summary>
    private static readonly FrozenDictionary<string, string> Abbreviations = (
       "nm=name no=number nr=number num=number nbr=number acct=account cust=customer addr=address")
        .Split(' ').Select(static pair => pair.Split('='))
        .ToFrozenDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);

    private static FrozenSet<string> Set(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
