Attribute VB_Name = "KamHost"
Option Explicit

' What differs between Excel for Windows and Excel for Mac: everything with #If Mac stands here.

Private Const TITLE As String = "kam_excel"
Private Const UI_LANGUAGE As Long = 2 ' msoLanguageIDUI
Private Const CHINESE As Long = 4 ' primary language, the lower ten bits of a language's id
Private Const COUNTRY As Long = 1 ' xlCountryCode
Private Const EXCLAMATION As Long = 48
Private Const PATIENCE As String = "00:01:00"

Private started As String ' what the status bar says until Python says more

' Give the command to xlwings. Windows waits until Python ends. A Mac does not: there Python resets
' the status bar when it ends, and a clock does so where Python never came up.
Public Sub KamHost_Run(command As String, status As String)
    started = status
    Application.StatusBar = started
    RunPython command
    #If Mac Then
        If VarType(Application.StatusBar) = vbString Then Application.StatusBar = started
        Application.OnTime Now + TimeValue(PATIENCE), "'" & ThisWorkbook.Name & "'!KamHost_GiveUp"
    #Else
        KamHost_ResetStatus
    #End If
End Sub

' Whether the name of a workbook reaches Python as it is. xlwings takes what stands before a =; a Mac
' gets it between bars; the shell of Windows puts the values of %VARIABLES% in.
Public Function KamHost_CanPass(workbook_name As String) As Boolean
    #If Mac Then
        KamHost_CanPass = InStr(workbook_name, "|") = 0
    #Else
        KamHost_CanPass = Not HasVariable(workbook_name)
    #End If
    If InStr(workbook_name, "=") > 0 Then KamHost_CanPass = False
End Function

' Whether cmd.exe would put a value in. It has variables that only it knows: %CMDCMDLINE% brings
' quotes along, and what follows in the name would be commands. Their names are letters and _ alone.
Private Function HasVariable(text As String) As Boolean
    Dim parts As Variant, i As Long
    HasVariable = (WScript.ExpandEnvironmentStrings(text) <> text)
    parts = Split(text, "%")
    For i = 1 To UBound(parts) - 1
        If Not (parts(i) Like "*[!A-Za-z_]*") Then HasVariable = True
    Next
End Function

Public Sub KamHost_GiveUp()
    If CStr(Application.StatusBar) = started Then KamHost_ResetStatus
End Sub

Public Sub KamHost_ResetStatus()
    Application.StatusBar = False
End Sub

' One short message. The MsgBox of Windows shows Chinese on a Chinese Windows alone.
Public Sub KamHost_Tell(message As String)
    #If Mac Then
        MsgBox message, EXCLAMATION, TITLE
    #Else
        WScript.Popup message, 0, TITLE, EXCLAMATION
    #End If
End Sub

' The language of Excel's own menus, zh or en. Not every Mac tells; its edition does.
Public Function KamHost_Language() As String
    Dim host As Object, id As Long, country_code As Long
    KamHost_Language = "en"
    Set host = Application ' bound late: where a member is missing, the project still compiles
    On Error Resume Next
    id = host.LanguageSettings.LanguageID(UI_LANGUAGE)
    If id = 0 Then country_code = host.International(COUNTRY)
    On Error GoTo 0
    If (id And 1023) = CHINESE Then KamHost_Language = "zh"
    Select Case country_code
        Case 86, 852, 853, 886: KamHost_Language = "zh"
    End Select
End Function
