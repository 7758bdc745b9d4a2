package dev.kindling.embedded.translate;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Acos;
import org.apache.spark.sql.catalyst.expressions.Acosh;
import org.apache.spark.sql.catalyst.expressions.ArrayAggregate;
import org.apache.spark.sql.catalyst.expressions.ArrayContains;
import org.apache.spark.sql.catalyst.expressions.ArrayDistinct;
import org.apache.spark.sql.catalyst.expressions.ArrayExcept;
import org.apache.spark.sql.catalyst.expressions.ArrayExists;
import org.apache.spark.sql.catalyst.expressions.ArrayForAll;
import org.apache.spark.sql.catalyst.expressions.ArrayInsert;
import org.apache.spark.sql.catalyst.expressions.ArrayIntersect;
import org.apache.spark.sql.catalyst.expressions.ArrayJoin;
import org.apache.spark.sql.catalyst.expressions.ArrayMax;
import org.apache.spark.sql.catalyst.expressions.ArrayMin;
import org.apache.spark.sql.catalyst.expressions.ArrayPosition;
import org.apache.spark.sql.catalyst.expressions.ArrayRemove;
import org.apache.spark.sql.catalyst.expressions.ArrayRepeat;
import org.apache.spark.sql.catalyst.expressions.ArraySort;
import org.apache.spark.sql.catalyst.expressions.ArrayUnion;
import org.apache.spark.sql.catalyst.expressions.ArraysOverlap;
import org.apache.spark.sql.catalyst.expressions.ArraysZip;
import org.apache.spark.sql.catalyst.expressions.Ascii;
import org.apache.spark.sql.catalyst.expressions.Asin;
import org.apache.spark.sql.catalyst.expressions.Asinh;
import org.apache.spark.sql.catalyst.expressions.AtLeastNNonNulls;
import org.apache.spark.sql.catalyst.expressions.Atan;
import org.apache.spark.sql.catalyst.expressions.Atan2;
import org.apache.spark.sql.catalyst.expressions.Atanh;
import org.apache.spark.sql.catalyst.expressions.BRound;
import org.apache.spark.sql.catalyst.expressions.Base64;
import org.apache.spark.sql.catalyst.expressions.Bin;
import org.apache.spark.sql.catalyst.expressions.BitLength;
import org.apache.spark.sql.catalyst.expressions.BitwiseCount;
import org.apache.spark.sql.catalyst.expressions.BitwiseGet;
import org.apache.spark.sql.catalyst.expressions.Cbrt;
import org.apache.spark.sql.catalyst.expressions.Chr;
import org.apache.spark.sql.catalyst.expressions.ConcatWs;
import org.apache.spark.sql.catalyst.expressions.Conv;
import org.apache.spark.sql.catalyst.expressions.ConvertTimezone;
import org.apache.spark.sql.catalyst.expressions.Cos;
import org.apache.spark.sql.catalyst.expressions.Cosh;
import org.apache.spark.sql.catalyst.expressions.Cot;
import org.apache.spark.sql.catalyst.expressions.Crc32;
import org.apache.spark.sql.catalyst.expressions.CreateMap;
import org.apache.spark.sql.catalyst.expressions.Csc;
import org.apache.spark.sql.catalyst.expressions.CsvToStructs;
import org.apache.spark.sql.catalyst.expressions.DateAddInterval;
import org.apache.spark.sql.catalyst.expressions.DateFormatClass;
import org.apache.spark.sql.catalyst.expressions.DateFromUnixDate;
import org.apache.spark.sql.catalyst.expressions.DayName;
import org.apache.spark.sql.catalyst.expressions.Elt;
import org.apache.spark.sql.catalyst.expressions.Empty2Null;
import org.apache.spark.sql.catalyst.expressions.Encode;
import org.apache.spark.sql.catalyst.expressions.Exp;
import org.apache.spark.sql.catalyst.expressions.Expm1;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Factorial;
import org.apache.spark.sql.catalyst.expressions.FindInSet;
import org.apache.spark.sql.catalyst.expressions.Flatten;
import org.apache.spark.sql.catalyst.expressions.FormatNumber;
import org.apache.spark.sql.catalyst.expressions.FormatString;
import org.apache.spark.sql.catalyst.expressions.FromUTCTimestamp;
import org.apache.spark.sql.catalyst.expressions.FromUnixTime;
import org.apache.spark.sql.catalyst.expressions.GetArrayStructFields;
import org.apache.spark.sql.catalyst.expressions.GetJsonObject;
import org.apache.spark.sql.catalyst.expressions.GetMapValue;
import org.apache.spark.sql.catalyst.expressions.GetTimestamp;
import org.apache.spark.sql.catalyst.expressions.Hex;
import org.apache.spark.sql.catalyst.expressions.Hypot;
import org.apache.spark.sql.catalyst.expressions.ILike;
import org.apache.spark.sql.catalyst.expressions.InitCap;
import org.apache.spark.sql.catalyst.expressions.JsonToStructs;
import org.apache.spark.sql.catalyst.expressions.Levenshtein;
import org.apache.spark.sql.catalyst.expressions.LikeAll;
import org.apache.spark.sql.catalyst.expressions.LikeAny;
import org.apache.spark.sql.catalyst.expressions.Log;
import org.apache.spark.sql.catalyst.expressions.Log10;
import org.apache.spark.sql.catalyst.expressions.Log1p;
import org.apache.spark.sql.catalyst.expressions.Log2;
import org.apache.spark.sql.catalyst.expressions.Logarithm;
import org.apache.spark.sql.catalyst.expressions.MakeDate;
import org.apache.spark.sql.catalyst.expressions.MakeTimestamp;
import org.apache.spark.sql.catalyst.expressions.MapConcat;
import org.apache.spark.sql.catalyst.expressions.MapEntries;
import org.apache.spark.sql.catalyst.expressions.MapFilter;
import org.apache.spark.sql.catalyst.expressions.MapFromArrays;
import org.apache.spark.sql.catalyst.expressions.MapFromEntries;
import org.apache.spark.sql.catalyst.expressions.MapKeys;
import org.apache.spark.sql.catalyst.expressions.MapValues;
import org.apache.spark.sql.catalyst.expressions.MapZipWith;
import org.apache.spark.sql.catalyst.expressions.Mask;
import org.apache.spark.sql.catalyst.expressions.Md5;
import org.apache.spark.sql.catalyst.expressions.MicrosToTimestamp;
import org.apache.spark.sql.catalyst.expressions.MillisToTimestamp;
import org.apache.spark.sql.catalyst.expressions.MonthName;
import org.apache.spark.sql.catalyst.expressions.MonthsBetween;
import org.apache.spark.sql.catalyst.expressions.Murmur3Hash;
import org.apache.spark.sql.catalyst.expressions.NaNvl;
import org.apache.spark.sql.catalyst.expressions.NextDay;
import org.apache.spark.sql.catalyst.expressions.NotLikeAll;
import org.apache.spark.sql.catalyst.expressions.NotLikeAny;
import org.apache.spark.sql.catalyst.expressions.OctetLength;
import org.apache.spark.sql.catalyst.expressions.Overlay;
import org.apache.spark.sql.catalyst.expressions.ParseUrl;
import org.apache.spark.sql.catalyst.expressions.Pmod;
import org.apache.spark.sql.catalyst.expressions.Pow;
import org.apache.spark.sql.catalyst.expressions.PreciseTimestampConversion;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.expressions.RegExpCount;
import org.apache.spark.sql.catalyst.expressions.RegExpExtract;
import org.apache.spark.sql.catalyst.expressions.RegExpExtractAll;
import org.apache.spark.sql.catalyst.expressions.RegExpInStr;
import org.apache.spark.sql.catalyst.expressions.RegExpReplace;
import org.apache.spark.sql.catalyst.expressions.RegExpSubStr;
import org.apache.spark.sql.catalyst.expressions.Reverse;
import org.apache.spark.sql.catalyst.expressions.Rint;
import org.apache.spark.sql.catalyst.expressions.RoundCeil;
import org.apache.spark.sql.catalyst.expressions.RoundFloor;
import org.apache.spark.sql.catalyst.expressions.Sec;
import org.apache.spark.sql.catalyst.expressions.SecondWithFraction;
import org.apache.spark.sql.catalyst.expressions.SecondsToTimestamp;
import org.apache.spark.sql.catalyst.expressions.Sequence;
import org.apache.spark.sql.catalyst.expressions.Sha1;
import org.apache.spark.sql.catalyst.expressions.Sha2;
import org.apache.spark.sql.catalyst.expressions.ShiftLeft;
import org.apache.spark.sql.catalyst.expressions.ShiftRight;
import org.apache.spark.sql.catalyst.expressions.ShiftRightUnsigned;
import org.apache.spark.sql.catalyst.expressions.Signum;
import org.apache.spark.sql.catalyst.expressions.Sin;
import org.apache.spark.sql.catalyst.expressions.Sinh;
import org.apache.spark.sql.catalyst.expressions.Slice;
import org.apache.spark.sql.catalyst.expressions.SortArray;
import org.apache.spark.sql.catalyst.expressions.SoundEx;
import org.apache.spark.sql.catalyst.expressions.SplitPart;
import org.apache.spark.sql.catalyst.expressions.StringDecode;
import org.apache.spark.sql.catalyst.expressions.StringInstr;
import org.apache.spark.sql.catalyst.expressions.StringLPad;
import org.apache.spark.sql.catalyst.expressions.StringLocate;
import org.apache.spark.sql.catalyst.expressions.StringRPad;
import org.apache.spark.sql.catalyst.expressions.StringRepeat;
import org.apache.spark.sql.catalyst.expressions.StringSpace;
import org.apache.spark.sql.catalyst.expressions.StringSplit;
import org.apache.spark.sql.catalyst.expressions.StringSplitSQL;
import org.apache.spark.sql.catalyst.expressions.StringToMap;
import org.apache.spark.sql.catalyst.expressions.StringTranslate;
import org.apache.spark.sql.catalyst.expressions.StructsToCsv;
import org.apache.spark.sql.catalyst.expressions.StructsToXml;
import org.apache.spark.sql.catalyst.expressions.SubstringIndex;
import org.apache.spark.sql.catalyst.expressions.Tan;
import org.apache.spark.sql.catalyst.expressions.Tanh;
import org.apache.spark.sql.catalyst.expressions.TimeAdd;
import org.apache.spark.sql.catalyst.expressions.TimestampAdd;
import org.apache.spark.sql.catalyst.expressions.TimestampAddYMInterval;
import org.apache.spark.sql.catalyst.expressions.TimestampDiff;
import org.apache.spark.sql.catalyst.expressions.ToCharacter;
import org.apache.spark.sql.catalyst.expressions.ToDegrees;
import org.apache.spark.sql.catalyst.expressions.ToNumber;
import org.apache.spark.sql.catalyst.expressions.ToRadians;
import org.apache.spark.sql.catalyst.expressions.ToUTCTimestamp;
import org.apache.spark.sql.catalyst.expressions.ToUnixTimestamp;
import org.apache.spark.sql.catalyst.expressions.TransformKeys;
import org.apache.spark.sql.catalyst.expressions.TransformValues;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.catalyst.expressions.TryToNumber;
import org.apache.spark.sql.catalyst.expressions.UnBase64;
import org.apache.spark.sql.catalyst.expressions.Unhex;
import org.apache.spark.sql.catalyst.expressions.UnixDate;
import org.apache.spark.sql.catalyst.expressions.UnixMicros;
import org.apache.spark.sql.catalyst.expressions.UnixMillis;
import org.apache.spark.sql.catalyst.expressions.UnixSeconds;
import org.apache.spark.sql.catalyst.expressions.UnixTimestamp;
import org.apache.spark.sql.catalyst.expressions.UpdateFields;
import org.apache.spark.sql.catalyst.expressions.WidthBucket;
import org.apache.spark.sql.catalyst.expressions.XmlToStructs;
import org.apache.spark.sql.catalyst.expressions.XxHash64;
import org.apache.spark.sql.catalyst.expressions.ZipWith;

/**
 * Functions for which the two engines differ, or have not been compared: Spark's own code gives
 * their values. Each is a pure function of its arguments.
 */
final class SparkCodeRules {
  static final List<Rule> RULES;

  private static final List<Class<? extends Expression>> STRINGS =
      List.of(
          InitCap.class,
          SoundEx.class,
          Levenshtein.class,
          Ascii.class,
          Chr.class,
          Reverse.class,
          StringRepeat.class,
          StringLPad.class,
          StringRPad.class,
          StringTranslate.class,
          StringInstr.class,
          StringLocate.class,
          SubstringIndex.class,
          StringSpace.class,
          FormatNumber.class,
          FormatString.class,
          Overlay.class,
          FindInSet.class,
          SplitPart.class,
          ConcatWs.class,
          Elt.class,
          OctetLength.class,
          BitLength.class,
          RLike.class,
          RegExpReplace.class,
          RegExpExtract.class,
          RegExpCount.class,
          RegExpInStr.class,
          RegExpSubStr.class,
          LikeAll.class,
          NotLikeAll.class,
          LikeAny.class,
          NotLikeAny.class,
          ILike.class,
          Encode.class,
          StringDecode.class,
          StringSplit.class,
          StringSplitSQL.class,
          RegExpExtractAll.class,
          GetJsonObject.class,
          ParseUrl.class,
          ToNumber.class,
          TryToNumber.class,
          ToCharacter.class,
          Empty2Null.class,
          Mask.class);

  private static final List<Class<? extends Expression>> HASHES =
      List.of(
          Murmur3Hash.class,
          XxHash64.class,
          Crc32.class,
          Md5.class,
          Sha1.class,
          Sha2.class,
          Base64.class,
          UnBase64.class,
          Hex.class,
          Unhex.class);

  private static final List<Class<? extends Expression>> NUMBERS =
      List.of(
          Exp.class,
          Expm1.class,
          Log.class,
          Log10.class,
          Log1p.class,
          Log2.class,
          Logarithm.class,
          Pow.class,
          Sin.class,
          Cos.class,
          Tan.class,
          Cot.class,
          Sec.class,
          Csc.class,
          Asin.class,
          Acos.class,
          Atan.class,
          Atan2.class,
          Sinh.class,
          Cosh.class,
          Tanh.class,
          Asinh.class,
          Acosh.class,
          Atanh.class,
          Cbrt.class,
          Hypot.class,
          ToDegrees.class,
          ToRadians.class,
          Signum.class,
          Rint.class,
          BRound.class,
          RoundCeil.class,
          RoundFloor.class,
          Pmod.class,
          Factorial.class,
          Conv.class,
          Bin.class,
          ShiftLeft.class,
          ShiftRight.class,
          ShiftRightUnsigned.class,
          BitwiseCount.class,
          BitwiseGet.class,
          WidthBucket.class,
          NaNvl.class,
          AtLeastNNonNulls.class,
          TryEval.class);

  private static final List<Class<? extends Expression>> TIMES =
      List.of(
          MonthsBetween.class,
          NextDay.class,
          DateFormatClass.class,
          FromUnixTime.class,
          UnixTimestamp.class,
          ToUnixTimestamp.class,
          GetTimestamp.class,
          MakeDate.class,
          MakeTimestamp.class,
          UnixDate.class,
          DateFromUnixDate.class,
          SecondsToTimestamp.class,
          MillisToTimestamp.class,
          MicrosToTimestamp.class,
          UnixSeconds.class,
          UnixMillis.class,
          UnixMicros.class,
          TimestampAdd.class,
          TimestampDiff.class,
          TimeAdd.class,
          TimestampAddYMInterval.class,
          DateAddInterval.class,
          FromUTCTimestamp.class,
          ToUTCTimestamp.class,
          ConvertTimezone.class,
          SecondWithFraction.class,
          DayName.class,
          MonthName.class,
          PreciseTimestampConversion.class);

  private static final List<Class<? extends Expression>> COLLECTIONS =
      List.of(
          ArrayInsert.class,
          ArrayContains.class,
          ArrayDistinct.class,
          ArrayExcept.class,
          ArrayIntersect.class,
          ArrayJoin.class,
          ArrayMax.class,
          ArrayMin.class,
          ArrayPosition.class,
          ArrayRemove.class,
          ArrayRepeat.class,
          ArrayUnion.class,
          ArraysOverlap.class,
          ArraysZip.class,
          Flatten.class,
          Sequence.class,
          Slice.class,
          SortArray.class,
          CreateMap.class,
          MapConcat.class,
          MapEntries.class,
          MapFromArrays.class,
          MapFromEntries.class,
          MapKeys.class,
          MapValues.class,
          StringToMap.class,
          GetMapValue.class,
          GetArrayStructFields.class,
          UpdateFields.class,
          ArrayAggregate.class,
          ArraySort.class,
          ArrayExists.class,
          ArrayForAll.class,
          MapFilter.class,
          MapZipWith.class,
          TransformKeys.class,
          TransformValues.class,
          ZipWith.class);

  private static final List<Class<? extends Expression>> DOCUMENTS =
      List.of(
          JsonToStructs.class,
          CsvToStructs.class,
          StructsToCsv.class,
          XmlToStructs.class,
          StructsToXml.class);

  static {
    RULES =
        Stream.of(STRINGS, HASHES, NUMBERS, TIMES, COLLECTIONS, DOCUMENTS)
            .flatMap(List::stream)
            .map(Rule::sparkCode)
            .toList();
  }

  private SparkCodeRules() {}
}
