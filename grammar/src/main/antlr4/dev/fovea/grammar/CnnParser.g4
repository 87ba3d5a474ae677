/*
 * Structure of the .cnn language.
 *
 * Every decision is made on the next token alone, so that parsing is linear in the length of the text and an error is
 * found exactly where it stands. Three habits make that possible: a label stands between the tokens LABEL_START and
 * LABEL_END, which LabelMarker puts there; chains of operators are flat; and rules of order and place (package first, return
 * last, named arguments last, names in front of '=>', ...) are checked where the syntax tree is built, where a message
 * can say what is meant. There the precedence of operators is applied too; from loose to tight it is
 *
 *   or | and | not | == != < <= > >= (do not chain) | + - | * / % | unary -
 */
parser grammar CnnParser;

options { tokenVocab = CnnLexer; }

file : item* EOF ;

item : packageClause | importClause | declaration ;

packageClause : PACKAGE qualifiedName ;

importClause : IMPORT identifier (DOT importStep)* (AS identifier)? ;

importStep : identifier | STAR | importedNames ;

importedNames : LEFT_BRACE (importedName (COMMA importedName?)*)? RIGHT_BRACE ;

importedName : identifier (AS identifier)? ;

qualifiedName : identifier (DOT identifier)* ;

// Declarations.

declaration
    : annotation* (constDeclaration | functionDeclaration | blockDeclaration | modelDeclaration | trainDeclaration)
    ;

annotation : AT identifier arguments? ;

constDeclaration : CONST identifier ASSIGN expression ;

functionDeclaration : FUN identifier parameters (COLON type)? ASSIGN expression ;

blockDeclaration : BLOCK identifier parameters body ;

// Behind a template stand contracts only.
modelDeclaration : MODEL identifier parameters? (body | ASSIGN invocation body?) ;

trainDeclaration : TRAIN identifier (COLON identifier)? recipeBody ;

// In every list a comma may stand behind the last element; two in a row are an error of the tree builder.
parameters : LEFT_PARENTHESIS (parameter (COMMA parameter?)*)? RIGHT_PARENTHESIS ;

parameter : identifier (COLON type)? (ASSIGN expression)? ;

type
    : identifier                          # namedType
    | BLOCK                               # blockType
    | LEFT_BRACKET type RIGHT_BRACKET     # listType
    ;

// Statements.

body : LEFT_BRACE statement* RIGHT_BRACE ;

statement
    : annotation*
      (inputStatement | letStatement | assertStatement | expectStatement | outputStatement | returnStatement)
    ;

inputStatement : INPUT identifier COLON list ;

letStatement : LET identifier ASSIGN expression ;

assertStatement : ASSERT expression (COMMA string)? ;

expectStatement : EXPECT quantity comparisonOperator operation unit? ;

quantity : identifier quantityArguments? ;

quantityArguments : LEFT_PARENTHESIS (quantityArgument (COMMA quantityArgument?)*)? RIGHT_PARENTHESIS ;

quantityArgument : TRAIN | argument ;

unit : identifier ;

outputStatement : OUTPUT (LEFT_PARENTHESIS TRAIN RIGHT_PARENTHESIS)? identifier ASSIGN expression ;

returnStatement : RETURN expression ;

// Expressions.

expression : conditional | pipeline ;

conditional : IF expression THEN expression ELSE expression ;

// In front of '=>' stand the parameters of an anonymous block: a name, or names in parentheses.
pipeline : operation (FAT_ARROW expression | ascription* (ARROW stage)*) ;

stage : (LABEL_START label LABEL_END COLON)? stageOperation ascription* ;

stageOperation : (identifier | LEFT_PARENTHESIS expression RIGHT_PARENTHESIS) postfix* ;

ascription : COLON_COLON list ;

// The parts of a label touch one another: where they no longer do, LabelMarker has put its end.
label : labelPart+ ;

labelPart : labelText | LEFT_BRACE expression RIGHT_BRACE ;

labelText : identifier | keyword | INTEGER | FLOAT | NUMERIC_NAME | DOTTED_NUMERIC_NAME | DOT ;

operation : operand (binaryOperator operand)* ;

operand : prefixOperator* primary postfix* ;

prefixOperator : MINUS | NOT ;

binaryOperator : comparisonOperator | OR | AND | PLUS | MINUS | STAR | SLASH | PERCENT ;

comparisonOperator : EQUAL | NOT_EQUAL | LESS | LESS_OR_EQUAL | GREATER | GREATER_OR_EQUAL ;

primary
    : INTEGER                   # integer
    | FLOAT                     # float
    | (TRUE | FALSE)            # boolean
    | string                    # stringValue
    | identifier                # name
    | list                      # listValue
    | parentheses               # group
    ;

string : STRING | UNTERMINATED_STRING ;

// What stands in braces in the message of an assert; read by itself, for a string is one token.
hole : expression EOF ;

// One expression in parentheses is itself, several are a tuple.
parentheses : LEFT_PARENTHESIS expression (COMMA expression?)* RIGHT_PARENTHESIS ;

list : LEFT_BRACKET (expression (COMMA expression?)*)? RIGHT_BRACKET ;

postfix
    : DOT identifier                              # member
    | LEFT_BRACKET expression RIGHT_BRACKET       # index
    | arguments                                   # call
    ;

arguments : LEFT_PARENTHESIS (argument (COMMA argument?)*)? RIGHT_PARENTHESIS ;

// In front of '=' stands the name of the argument.
argument : expression (ASSIGN expression)? ;

invocation : identifier arguments? ;

// Recipes.

recipeBody : LEFT_BRACE recipeItem* RIGHT_BRACE ;

recipeItem
    : PHASE identifier recipeBody                                 # phaseEntry
    | TARGET identifier COLON operation                           # targetEntry
    | LOSS expression                                             # lossEntry
    | OPTIMIZER invocation                                        # optimizerEntry
    | SCHEDULE invocation                                         # scheduleEntry
    | BATCH expression                                            # batchEntry
    | EPOCHS expression                                           # epochsEntry
    | SEED expression                                             # seedEntry
    | AUGMENT identifier (ARROW invocation)+                      # augmentEntry
    | METRIC invocation (COMMA invocation)*                       # metricEntry
    | FREEZE layers                                               # freezeEntry
    | CLIP invocation                                             # clipEntry
    | PRECISION identifier                                        # precisionEntry
    | INIT invocation (ON layers)?                                # initEntry
    | STOP invocation                                             # stopEntry
    | KEEP invocation                                             # keepEntry
    | ACCUMULATE expression                                       # accumulateEntry
    | AVERAGE invocation                                          # averageEntry
    | CHECKPOINT invocation                                       # checkpointEntry
    | LAYERWISE invocation ON layers                              # layerwiseEntry
    ;

layers : layerPath (COMMA layerPath)* ;

layerPath : layerSegment (DOT layerSegment | DOTTED_NUMERIC_NAME | FLOAT)* ;

layerSegment : identifier | keyword | INTEGER | FLOAT | NUMERIC_NAME ;

// Words.

identifier
    : IDENTIFIER
    | LOSS | OPTIMIZER | SCHEDULE | BATCH | EPOCHS | AUGMENT | METRIC | FREEZE | CLIP | PRECISION | INIT | LAYERWISE
    | ON | SEED | STOP | KEEP | ACCUMULATE | AVERAGE | CHECKPOINT
    ;

keyword
    : PACKAGE | IMPORT | AS | MODEL | BLOCK | FUN | CONST | TRAIN | PHASE | INPUT | OUTPUT | TARGET | LET | RETURN
    | ASSERT | EXPECT | IF | THEN | ELSE | AND | OR | NOT | TRUE | FALSE
    ;
