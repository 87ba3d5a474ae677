/*
 * Tokens of the .cnn language.
 *
 * Every text can be tokenised: what the language does not use becomes one of the tokens of the channel FAULTS, so that
 * the compiler can say in its own words what is wrong and go on. Characters may be UTF-16 units or code points.
 *
 * Operator names (conv, relu, ...) are identifiers. The words that open an entry of a recipe have tokens of their own,
 * and the parser takes them as identifiers everywhere else.
 */
lexer grammar CnnLexer;

// Put around a label by LabelMarker; empty.
tokens { LABEL_START, LABEL_END }

channels { COMMENTS, DOCUMENTATION, FAULTS }

// Keywords.
PACKAGE : 'package' ;
IMPORT : 'import' ;
AS : 'as' ;
MODEL : 'model' ;
BLOCK : 'block' ;
FUN : 'fun' ;
CONST : 'const' ;
TRAIN : 'train' ;
PHASE : 'phase' ;
INPUT : 'input' ;
OUTPUT : 'output' ;
TARGET : 'target' ;
LET : 'let' ;
RETURN : 'return' ;
ASSERT : 'assert' ;
EXPECT : 'expect' ;
IF : 'if' ;
THEN : 'then' ;
ELSE : 'else' ;
AND : 'and' ;
OR : 'or' ;
NOT : 'not' ;
TRUE : 'true' ;
FALSE : 'false' ;

// Words that are keywords only where they open an entry of a recipe.
LOSS : 'loss' ;
OPTIMIZER : 'optimizer' ;
SCHEDULE : 'schedule' ;
BATCH : 'batch' ;
EPOCHS : 'epochs' ;
AUGMENT : 'augment' ;
METRIC : 'metric' ;
FREEZE : 'freeze' ;
CLIP : 'clip' ;
PRECISION : 'precision' ;
INIT : 'init' ;
LAYERWISE : 'layerwise' ;
ON : 'on' ;
SEED : 'seed' ;
STOP : 'stop' ;
KEEP : 'keep' ;
ACCUMULATE : 'accumulate' ;
AVERAGE : 'average' ;
CHECKPOINT : 'checkpoint' ;

IDENTIFIER : [A-Za-z_] WORD* ;

INTEGER : DIGITS ;
FLOAT
    : DIGITS '.' DIGITS? EXPONENT?
    | '.' DIGITS EXPONENT?
    | DIGITS EXPONENT
    ;

// Segments of labels that begin with a digit: 1x1, 0.conv. Both stand behind the numbers, which win where both match.
NUMERIC_NAME : [0-9] WORD* ('.' WORD+)* ;
// The rest of a label behind a dot, where it begins with a digit: .0.conv of features.0.conv.
DOTTED_NUMERIC_NAME : '.' [0-9] WORD* ('.' WORD+)* ;

STRING : '"' STRING_CHARACTER* '"' ;

ARROW : '->' ;
FAT_ARROW : '=>' ;
COLON_COLON : '::' ;
COLON : ':' ;
EQUAL : '==' ;
NOT_EQUAL : '!=' ;
LESS_OR_EQUAL : '<=' ;
GREATER_OR_EQUAL : '>=' ;
LESS : '<' ;
GREATER : '>' ;
ASSIGN : '=' ;
PLUS : '+' ;
MINUS : '-' ;
STAR : '*' ;
SLASH : '/' ;
PERCENT : '%' ;
DOT : '.' ;
COMMA : ',' ;
AT : '@' ;
LEFT_PARENTHESIS : '(' ;
RIGHT_PARENTHESIS : ')' ;
LEFT_BRACKET : '[' ;
RIGHT_BRACKET : ']' ;
LEFT_BRACE : '{' ;
RIGHT_BRACE : '}' ;

WHITE_SPACE : [ \t\r\n\f]+ -> skip ;

// Three slashes document, four and more draw a line.
DOCUMENTATION_COMMENT : '///' (~[/\r\n] ~[\r\n]*)? -> channel(DOCUMENTATION) ;
LINE_COMMENT : '//' ~[\r\n]* -> channel(COMMENTS) ;
BLOCK_COMMENT : '/*' COMMENT_CHARACTER* '*'+ '/' -> channel(COMMENTS) ;

UNTERMINATED_COMMENT : '/*' COMMENT_CHARACTER* '*'* -> channel(FAULTS) ;
// On the ordinary channel: the parser takes it as the string it was going to be.
UNTERMINATED_STRING : '"' STRING_CHARACTER* '\\'? ;
// Functional languages' pipe: the parser takes it as the arrow that is meant, and the compiler reports it.
PIPE : '|>' -> type(ARROW) ;
UNEXPECTED_CHARACTER : . -> channel(FAULTS) ;

fragment WORD : [0-9A-Za-z_] ;
fragment DIGITS : [0-9] ([0-9_]* [0-9])? ;
fragment EXPONENT : [eE] [+-]? DIGITS ;
fragment STRING_CHARACTER : ~["\\\r\n] | '\\' ~[\r\n] ;
fragment COMMENT_CHARACTER : ~'*' | '*'+ ~[*/] ;
